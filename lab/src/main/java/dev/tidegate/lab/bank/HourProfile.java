package dev.tidegate.lab.bank;

/** How an activity spreads over the 24 local hours of a day. */
enum HourProfile {
  SHOP(1, 1, 1, 1, 1, 2, 6, 14, 22, 30, 36, 40, 44, 40, 38, 40, 46, 54, 52, 40, 24, 12, 6, 3),
  EVENING(8, 4, 2, 1, 1, 2, 6, 10, 14, 16, 18, 26, 36, 30, 22, 22, 26, 34, 46, 54, 56, 46, 32, 18),
  PAYMENT(4, 3, 2, 2, 2, 4, 10, 22, 34, 40, 42, 40, 38, 38, 40, 40, 40, 40, 40, 40, 38, 28, 16, 8),
  OFFICE(1, 1, 1, 1, 2, 6, 16, 36, 56, 64, 62, 54, 40, 48, 58, 58, 50, 34, 16, 8, 5, 3, 2, 1),
  BATCH(6, 10, 14, 18, 22, 26, 30, 34, 34, 28, 20, 14, 10, 8, 6, 5, 4, 3, 2, 2, 1, 1, 1, 3);

  private static final long HOUR_MS = 3_600_000L;

  private final double[] cumulative;

  HourProfile(double... weights) {
    cumulative = SeededRandom.cumulative(weights);
  }

  /** A local time of day, milliseconds since midnight. */
  long localTime(SeededRandom random) {
    int hour = random.weighted(cumulative);
    return hour * HOUR_MS + (long) (random.unit() * HOUR_MS);
  }

  /** The same local time as a UTC time of day, wrapped into the day. */
  long utcTime(SeededRandom random, Country country) {
    return Math.floorMod(localTime(random) - country.utcOffsetHours() * HOUR_MS, 24 * HOUR_MS);
  }
}
