/**
 * Backends of models side by side on the same trees. In: sizes; out: microseconds a row and their
 * ratios.
 */
@NullMarked
package dev.tidegate.benchmarks.scoring;

import org.jspecify.annotations.NullMarked;
