package dev.tidegate.console.drift;

import java.util.Map;

/**
 * What a kind of monitor is called and how its statistic is drawn.
 *
 * @param title for people
 * @param statistic name of the statistic
 * @param evidence true for evidence that multiplies (e-detectors), which is drawn on a logarithmic
 *     axis; false for a distance
 * @param alarmsAlone true if only alarms are told, and so no line leads from one to the next
 */
public record MonitorWords(String title, String statistic, boolean evidence, boolean alarmsAlone) {
  private static final String QUALITY = "quality-";
  private static final Map<String, MonitorWords> KNOWN =
      Map.of(
          "score-psi", new MonitorWords("Score drift", "PSI", false, false),
          "feature-psi", new MonitorWords("Feature drift", "PSI", false, false),
          "feature-panel",
              new MonitorWords("Features, all together", "PSI over threshold", false, false),
          "performance", new MonitorWords("Performance, matured labels", "share", false, false),
          "fairness", new MonitorWords("Fairness", "times, at least", false, false),
          "volume", new MonitorWords("Volume of payments", "evidence", true, false),
          "concept-calibration", new MonitorWords("Concept drift", "evidence", true, false),
          "alert-precision", new MonitorWords("Alert precision", "evidence", true, false),
          "alert-rate", new MonitorWords("Alert rate", "evidence", true, false));

  /** Words for a kind of monitor; those of an unknown kind are its name. */
  public static MonitorWords of(String monitor) {
    MonitorWords known = KNOWN.get(monitor);
    if (known != null) {
      return known;
    }
    return monitor.startsWith(QUALITY)
        ? new MonitorWords(
            "Data quality: " + fault(monitor.substring(QUALITY.length())), "evidence", true, true)
        : new MonitorWords(plain(monitor), "statistic", false, false);
  }

  /** What is measured, for people. */
  public static String subject(String subject) {
    return plain(subject);
  }

  private static String fault(String fault) {
    return fault.equals("none") ? "no value" : plain(fault);
  }

  private static String plain(String name) {
    return name.replace('_', ' ').replace('-', ' ');
  }
}
