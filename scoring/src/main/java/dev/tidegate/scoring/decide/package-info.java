/**
 * The decision, without Kafka. In: feature vectors, a model and the release's threshold; out: a
 * decision each, an alert where due, and the ids that tell a payment decided before.
 */
@NullMarked
package dev.tidegate.scoring.decide;

import org.jspecify.annotations.NullMarked;
