/**
 * Readings of the drift monitors. In: events of [drift]. Out: each monitor's newest readings with
 * their thresholds, bounded, and the same as JSON for charts.
 */
@NullMarked
package dev.tidegate.console.drift;

import org.jspecify.annotations.NullMarked;
