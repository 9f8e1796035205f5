package dev.tidegate.schemas;

import java.util.Map;

/**
 * How long a topic keeps its records.
 *
 * @param days age in days after which a record may go; 0 for never
 * @param compacted true if only the newest record of a key is kept
 */
public record Retention(int days, boolean compacted) {
  private static final long MILLIS_A_DAY = 86_400_000L;

  /** Keeps records for a number of days. */
  public static Retention days(int days) {
    return new Retention(days, false);
  }

  /** Keeps the newest record of each key. */
  public static Retention newestByKey() {
    return new Retention(0, true);
  }

  /** Keeps everything: ledgers and audit. */
  public static Retention forever() {
    return new Retention(0, false);
  }

  /** The topic configuration that says the same to a broker. */
  public Map<String, String> topicConfig() {
    return Map.of(
        "cleanup.policy",
        compacted ? "compact" : "delete",
        "retention.ms",
        days == 0 ? "-1" : Long.toString(days * MILLIS_A_DAY));
  }

  /** For people: {@code 7 d}, {@code newest by key}, {@code forever}. */
  public String text() {
    if (compacted) {
      return "newest by key";
    }
    return days == 0 ? "forever" : days + " d";
  }
}
