package dev.tidegate.retrain.request;

import dev.tidegate.schemas.event.DriftMeasurement;
import java.util.Locale;

/**
 * Why a model is to be trained.
 *
 * @param eventId what caused it: the same event always makes the same request
 * @param kind concept-drift, feature-drift, schedule or person
 * @param by monitor or person
 * @param monitor kind of monitor; empty if none
 * @param statistic value that fired; NaN if none did
 * @param threshold its threshold
 * @param windowStartMs start of the evidence, event time
 * @param windowEndMs its end
 * @param why one sentence
 */
public record Cause(
    String eventId,
    String kind,
    String by,
    String monitor,
    double statistic,
    double threshold,
    long windowStartMs,
    long windowEndMs,
    String why) {
  /** Outcomes no longer follow the scores. */
  public static final String CONCEPT = "concept-drift";

  /** Payments or scores are no longer what they were. */
  public static final String FEATURE = "feature-drift";

  /** It was time. */
  public static final String SCHEDULE = "schedule";

  /** A person asked. */
  public static final String PERSON = "person";

  /** A monitor's reading. */
  static Cause reading(String kind, DriftMeasurement reading, long windowStartMs, String why) {
    return new Cause(
        "drift|" + reading.getMeasurementId(),
        kind,
        reading.getMonitor(),
        reading.getMonitor(),
        reading.getStatistic(),
        reading.getThreshold(),
        windowStartMs,
        reading.getWindowEndMs(),
        why);
  }

  /** The turn of a schedule's period. */
  static Cause scheduled(long period, String every) {
    return new Cause(
        "schedule|" + every + "|" + period,
        SCHEDULE,
        SCHEDULE,
        "",
        Double.NaN,
        Double.NaN,
        0,
        0,
        String.format(Locale.ROOT, "Scheduled each %s.", every));
  }

  /** A person's wish. */
  public static Cause person(String name, String why, long atMs) {
    return new Cause(
        "person|" + name + "|" + atMs + "|" + why,
        PERSON,
        name,
        "",
        Double.NaN,
        Double.NaN,
        0,
        0,
        why);
  }
}
