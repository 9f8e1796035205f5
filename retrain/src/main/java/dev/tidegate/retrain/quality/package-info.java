/**
 * Whether data still arrive whole, in shape, in time and in number. In: what was wrong with each
 * payment, counts an interval; out: alarms within the page budget. Plain Java, no clock.
 */
@NullMarked
package dev.tidegate.retrain.quality;

import org.jspecify.annotations.NullMarked;
