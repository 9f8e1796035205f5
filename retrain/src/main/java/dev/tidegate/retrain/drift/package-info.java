/**
 * Drift monitors. In: [decisions] and a release's reference; out: [drift], one reading a window.
 */
@NullMarked
package dev.tidegate.retrain.drift;

import org.jspecify.annotations.NullMarked;
