package dev.tidegate.retrain.gate;

import dev.tidegate.retrain.drift.ScoreReference;

/**
 * What the gates ask of a challenger besides its scores.
 *
 * @param reference how its scores were distributed when it was made
 * @param threshold score from which it alerts
 * @param latencyMs measured 99th percentile of the time for one payment
 */
public record Challenger(ScoreReference reference, double threshold, double latencyMs) {}
