package dev.tidegate.retrain.request;

import dev.tidegate.schemas.event.DriftMeasurement;
import java.util.List;

/** Monitors as metrics name them: a closed set, since subjects may be features. */
final class MonitorNames {
  static final String DRIFTED = "drifted";
  static final String STEADY = "steady";
  private static final String QUALITY = "quality";
  private static final String OTHER = "other";

  static final List<String> ALL =
      List.of(
          "score-psi",
          "feature-psi",
          "feature-panel",
          "performance",
          "fairness",
          "volume",
          "concept-calibration",
          "alert-precision",
          "alert-rate-rise",
          "alert-rate-fall",
          QUALITY,
          OTHER);

  private MonitorNames() {}

  /** The name of a reading's monitor. */
  static String of(DriftMeasurement reading) {
    String monitor = reading.getMonitor();
    if (monitor.startsWith(QUALITY + "-")) {
      return QUALITY;
    }
    String name = monitor.equals("alert-rate") ? monitor + "-" + reading.getSubject() : monitor;
    return ALL.contains(name) ? name : OTHER;
  }
}
