/** The graph stage's own file of settings. In: YAML. Out: settings that were checked. */
@NullMarked
package dev.tidegate.graphaml.config;

import org.jspecify.annotations.NullMarked;
