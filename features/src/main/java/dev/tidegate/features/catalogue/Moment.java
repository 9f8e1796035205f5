package dev.tidegate.features.catalogue;

import java.time.LocalDate;

/** What clock and calendar say of a time in milliseconds since 1970, UTC. */
final class Moment {
  static final int SATURDAY = 6;

  /** The Handbook's night ends with this hour. */
  static final int LAST_HOUR_OF_NIGHT = 6;

  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final int THURSDAY = 3; // weekday of 1970-01-01, counted from Monday = 0

  private Moment() {}

  /** Hours since midnight, from 0 up to 24. */
  static double hourOfDay(long timeMs) {
    return Math.floorMod(timeMs, DAY_MS) / (double) HOUR_MS;
  }

  /** Whole hours since midnight, 0 to 23. */
  static int hour(long timeMs) {
    return (int) (Math.floorMod(timeMs, DAY_MS) / HOUR_MS);
  }

  /** ISO weekday, Monday 1 to Sunday 7. */
  static int weekday(long timeMs) {
    return (int) Math.floorMod(Math.floorDiv(timeMs, DAY_MS) + THURSDAY, 7L) + 1;
  }

  /** Day of the month, 1 to 31. */
  static int dayOfMonth(long timeMs) {
    return LocalDate.ofEpochDay(Math.floorDiv(timeMs, DAY_MS)).getDayOfMonth();
  }
}
