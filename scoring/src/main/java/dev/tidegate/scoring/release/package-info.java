/**
 * Model releases: folders of a manifest and a model file. In: a folder; out: a release whose sums,
 * shapes and golden scores were checked, or a refusal that says why.
 */
@NullMarked
package dev.tidegate.scoring.release;

import org.jspecify.annotations.NullMarked;
