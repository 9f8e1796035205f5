package dev.tidegate.benchmarks.drift;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;

/**
 * One setting at one base rate: how often it alarms while nothing changes, and how soon after the
 * rate has risen. Observations are independent.
 */
final class RateTrial {
  private static final double P50 = 50;
  private static final double P90 = 90;
  private static final int ATTEMPTS = 20;
  // Expected positives before the change and after it, the same at each rate.
  private static final double BEFORE = 300;
  private static final double AFTER = 400;

  private final Setting setting;
  private final double rate;
  private final SplittableRandom random;

  RateTrial(Setting setting, double rate, long seed) {
    this.setting = setting;
    this.rate = rate;
    random = new SplittableRandom(seed);
  }

  /**
   * Run length.
   *
   * @param observations looked at, one stream, the detector going on after each alarm
   * @param alarms all of them false
   * @param runLength observations an alarm; at least this where there was none
   * @param keepsPromise whether it is at least what is promised; true where nothing is
   */
  record RunLength(long observations, long alarms, double runLength, boolean keepsPromise) {}

  /** Watches a stream that does not change. */
  RunLength runLength(long observations) {
    ChangeDetector detector = setting.make().apply(rate);
    long alarms = 0;
    for (long i = 0; i < observations; i++) {
      alarms += detector.observe(random.nextDouble() < rate) ? 1 : 0;
    }
    double length = (double) observations / Math.max(1, alarms);
    return new RunLength(observations, alarms, length, length >= setting.promised());
  }

  /**
   * Delay of a rise.
   *
   * @param times new rate over the old
   * @param runs changes that were waited for
   * @param spoilt streams left out because of an alarm before the change
   * @param missed runs without an alarm within the horizon
   * @param horizon observations waited
   * @param median observations from the change to the alarm, of runs that had one; NaN without any
   * @param p90 the same of nine in ten
   */
  record Delay(
      double times, int runs, int spoilt, int missed, long horizon, double median, double p90) {}

  /** Waits for alarms after a rise; a stream with an alarm before it is begun anew, 20 times. */
  Delay delay(double times, int runs) {
    long before = Math.round(BEFORE / rate);
    long horizon = Math.round(AFTER / rate);
    double[] delays = new double[runs];
    int waited = 0;
    int found = 0;
    int spoilt = 0;
    for (int run = 0; run < runs; run++) {
      ChangeDetector detector = null;
      for (int attempt = 0; attempt < ATTEMPTS && detector == null; attempt++) {
        detector = unalarmed(before);
        spoilt += detector == null ? 1 : 0;
      }
      if (detector != null) {
        waited++;
        long delay = wait(detector, times * rate, horizon);
        if (delay > 0) {
          delays[found++] = (double) delay;
        }
      }
    }
    Percentile percentile = new Percentile();
    percentile.setData(delays, 0, found);
    return new Delay(
        times,
        waited,
        spoilt,
        waited - found,
        horizon,
        found == 0 ? Double.NaN : percentile.evaluate(P50),
        found == 0 ? Double.NaN : percentile.evaluate(P90));
  }

  private @Nullable ChangeDetector unalarmed(long observations) {
    ChangeDetector detector = setting.make().apply(rate);
    for (long i = 0; i < observations; i++) {
      if (detector.observe(random.nextDouble() < rate)) {
        return null;
      }
    }
    return detector;
  }

  private long wait(ChangeDetector detector, double after, long horizon) {
    for (long i = 1; i <= horizon; i++) {
      if (detector.observe(random.nextDouble() < after)) {
        return i;
      }
    }
    return 0;
  }
}
