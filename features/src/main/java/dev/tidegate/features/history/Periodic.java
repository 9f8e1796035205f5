package dev.tidegate.features.history;

/**
 * The hour of day as an angle, in fixed point so that sums of it are exact and subtractable. Mean
 * and deviation are those of the von Mises distribution as Bahnsen, Aouada, Stojanovic and
 * Ottersten (Feature engineering strategies for credit card fraud detection, 2016) define them:
 * mean {@code atan2(S, C)}, deviation {@code sqrt(ln(1 / ((S/N)^2 + (C/N)^2)))}. Hours are UTC, to
 * the second in the sums. Sines are those of {@link StrictMath}, the same on every machine.
 */
final class Periodic {
  private static final long DAY_MS = 86_400_000L;
  private static final double ONE = 0x1p36;
  private static final double HOURS = 12 / Math.PI;

  private static final int DAY_SECONDS = 86_400;
  private static final int HALF = DAY_SECONDS / 2;
  private static final int QUARTER = DAY_SECONDS / 4;

  /**
   * Sines by the second, up to the quarter of the day: a history is read back without computing
   * any, from a table that stays in the cache. The rest of the day mirrors them bit for bit.
   */
  private static final long[] SINES = new long[QUARTER + 1];

  static {
    for (int second = 0; second <= QUARTER; second++) {
      SINES[second] = Math.round(StrictMath.sin(2 * Math.PI * second / DAY_SECONDS) * ONE);
    }
  }

  private Periodic() {}

  private static double angle(long timeMs) {
    return 2 * Math.PI * Math.floorMod(timeMs, DAY_MS) / DAY_MS;
  }

  static long cosine(long timeMs) {
    int ahead = second(timeMs) + QUARTER;
    return sine(ahead >= DAY_SECONDS ? ahead - DAY_SECONDS : ahead);
  }

  static long sine(long timeMs) {
    return sine(second(timeMs));
  }

  private static long sine(int second) {
    int sign = (HALF - 1 - second) >> 31; // -1 in the second half
    int inHalf = second + (sign & -HALF);
    long sine = SINES[Math.min(inHalf, HALF - inHalf)];
    return (sine ^ sign) - sign;
  }

  private static int second(long timeMs) {
    return (int) (Math.floorMod(timeMs, DAY_MS) / 1000);
  }

  /** Hours between a time's hour of day and the mean one; NaN without a mean. */
  static double distanceHours(long timeMs, Sums sums) {
    if (sums.count == 0 || (sums.sine == 0 && sums.cosine == 0)) {
      return Double.NaN;
    }
    double mean = StrictMath.atan2((double) sums.sine, (double) sums.cosine);
    double apart = Math.abs(angle(timeMs) - mean) % (2 * Math.PI);
    return Math.min(apart, 2 * Math.PI - apart) * HOURS;
  }

  /** That distance in deviations; NaN where all hours are one. */
  static double score(long timeMs, Sums sums) {
    double s = sums.sine / ONE / sums.count;
    double c = sums.cosine / ONE / sums.count;
    double deviation = StrictMath.sqrt(StrictMath.log(1 / (s * s + c * c)));
    return deviation > MIN_DEVIATION ? distanceHours(timeMs, sums) / HOURS / deviation : Double.NaN;
  }

  /** About 14 seconds; below it the fixed point of the sums shows. */
  private static final double MIN_DEVIATION = 1e-3;
}
