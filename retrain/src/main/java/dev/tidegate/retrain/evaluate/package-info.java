/**
 * Evaluation. In: scored payments with what they turned out to be; out: ranking figures, card
 * precision and recall at an alert budget, by the definitions that published work uses.
 */
@NullMarked
package dev.tidegate.retrain.evaluate;

import org.jspecify.annotations.NullMarked;
