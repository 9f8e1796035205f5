package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.event.DriftMeasurement;
import org.jspecify.annotations.Nullable;

/**
 * How a monitor stands over a window.
 *
 * @param monitor kind of monitor
 * @param subject what it looks at
 * @param window observations that it rests on
 * @param value what it says
 */
record DriftReading(String monitor, String subject, Window window, Value value) {
  /**
   * Observations.
   *
   * @param startMs first event time
   * @param endMs last event time
   * @param samples how many
   * @param referenceSamples those compared with; 0 where the monitor has no reference
   */
  record Window(long startMs, long endMs, long samples, long referenceSamples) {}

  /**
   * A statistic.
   *
   * @param statistic NaN while nothing is compared
   * @param threshold from which on it is drift
   * @param pValue NaN where there is none
   * @param drifted whether it is drift
   * @param filling how far the monitor is from comparing, in [0, 1); null once it does
   */
  record Value(
      double statistic,
      double threshold,
      double pValue,
      boolean drifted,
      @Nullable Double filling) {
    /** A statistic without a p-value. */
    static Value of(double statistic, double threshold, boolean drifted) {
      return new Value(statistic, threshold, Double.NaN, drifted, null);
    }

    /** Nothing is compared yet. */
    static Value filling(double threshold, double share) {
      return new Value(Double.NaN, threshold, Double.NaN, false, share);
    }
  }

  /** Key of the reading's record. */
  String key() {
    return monitor + ":" + subject;
  }

  /** The reading of a release's monitor as an event. */
  DriftMeasurement of(String release) {
    return DriftMeasurement.newBuilder()
        .setMeasurementId(MeasurementId.of(monitor, subject, release, window.startMs, window.endMs))
        .setMonitor(monitor)
        .setSubject(subject)
        .setRelease(release)
        .setWindowStartMs(window.startMs)
        .setWindowEndMs(window.endMs)
        .setSamples(window.samples)
        .setReferenceSamples(window.referenceSamples)
        .setStatistic(value.statistic)
        .setThreshold(value.threshold)
        .setPValue(value.pValue)
        .setDrifted(value.drifted)
        .setFilling(value.filling)
        .build();
  }
}
