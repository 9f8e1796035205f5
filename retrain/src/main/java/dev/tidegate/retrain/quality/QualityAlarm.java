package dev.tidegate.retrain.quality;

import dev.tidegate.retrain.detect.RateDetector;

/**
 * A fault that became more frequent.
 *
 * @param fault which
 * @param subject the field, or "record"
 * @param change how much
 */
public record QualityAlarm(Fault fault, String subject, RateDetector.Alarm change) {}
