/**
 * Gates. In: rows that champion and challenger both scored and neither may have learned from; out:
 * a verdict with its figures, from which it follows whether the challenger may become a release.
 */
@NullMarked
package dev.tidegate.retrain.gate;

import org.jspecify.annotations.NullMarked;
