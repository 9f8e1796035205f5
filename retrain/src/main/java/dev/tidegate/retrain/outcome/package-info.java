/**
 * What decisions turned out to be: performance by cohorts of equal age, and fairness between
 * groups. In: decisions, labels as they become known; out: readings. Plain Java, no clock.
 */
@NullMarked
package dev.tidegate.retrain.outcome;

import org.jspecify.annotations.NullMarked;
