/**
 * Sequential detectors. In: observations in [0, 1] one at a time, with the mean they should have;
 * out: alarms, no more often than a page budget allows. Plain Java, no clock.
 */
@NullMarked
package dev.tidegate.retrain.detect;

import org.jspecify.annotations.NullMarked;
