/**
 * Retrain requests. In: [drift] and [models], a schedule, or a person. Out: [retrain-requests], at
 * most one a cooldown and model, each saying what to train on.
 */
@NullMarked
package dev.tidegate.retrain.request;

import org.jspecify.annotations.NullMarked;
