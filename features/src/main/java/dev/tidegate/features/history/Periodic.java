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

  /** Sines by the second of the day: a history is read back without computing any. */
  private static final int DAY_SECONDS = 86_400;

  private static final long[] SINES = new long[DAY_SECONDS];

  static {
    for (int second = 0; second < DAY_SECONDS; second++) {
      SINES[second] = Math.round(StrictMath.sin(2 * Math.PI * second / DAY_SECONDS) * ONE);
    }
  }

  private Periodic() {}

  private static double angle(long timeMs) {
    return 2 * Math.PI * Math.floorMod(timeMs, DAY_MS) / DAY_MS;
  }

  static long cosine(long timeMs) {
    return SINES[(second(timeMs) + DAY_SECONDS / 4) % DAY_SECONDS];
  }

  static long sine(long timeMs) {
    return SINES[second(timeMs)];
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
