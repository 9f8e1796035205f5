package dev.tidegate.console.drift;

import java.util.Map;

/**
 * What a kind of monitor is called and how its statistic is drawn.
 *
 * @param title for people
 * @param statistic name of the statistic
 * @param evidence true for evidence that multiplies (e-detectors), which is drawn on a logarithmic
 *     axis; false for a distance
 */
public record MonitorWords(String title, String statistic, boolean evidence) {
  private static final String QUALITY = "quality-";
  private static final Map<String, MonitorWords> KNOWN =
      Map.of(
          "score-psi", new MonitorWords("Score drift", "PSI", false),
          "feature-psi", new MonitorWords("Feature drift", "PSI", false),
          "concept-calibration", new MonitorWords("Concept drift", "evidence", true),
          "alert-precision", new MonitorWords("Alert precision", "evidence", true),
          "alert-rate", new MonitorWords("Alert rate", "evidence", true));

  /** Words for a kind of monitor; those of an unknown kind are its name. */
  public static MonitorWords of(String monitor) {
    MonitorWords known = KNOWN.get(monitor);
    if (known != null) {
      return known;
    }
    return monitor.startsWith(QUALITY)
        ? new MonitorWords(
            "Data quality: " + plain(monitor.substring(QUALITY.length())), "evidence", true)
        : new MonitorWords(plain(monitor), "statistic", false);
  }

  /** What is measured, for people. */
  public static String subject(String subject) {
    return plain(subject);
  }

  private static String plain(String name) {
    return name.replace('_', ' ').replace('-', ' ');
  }
}
