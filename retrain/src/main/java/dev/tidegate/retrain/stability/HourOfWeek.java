package dev.tidegate.retrain.stability;

/** Hours of the week in UTC: 0 is Monday from midnight to one. */
public final class HourOfWeek {
  /** Hours a week has. */
  public static final int HOURS = 168;

  /** Milliseconds of an hour. */
  public static final long HOUR_MS = 3_600_000L;

  // 1970 began on a Thursday.
  private static final int EPOCH = 72;

  private HourOfWeek() {}

  /** Hour of the week of a moment, [0, {@link #HOURS}). */
  public static int of(long timeMs) {
    return (int) Math.floorMod(index(timeMs) + EPOCH, (long) HOURS);
  }

  /** Hours since 1970 of a moment. */
  public static long index(long timeMs) {
    return Math.floorDiv(timeMs, HOUR_MS);
  }
}
