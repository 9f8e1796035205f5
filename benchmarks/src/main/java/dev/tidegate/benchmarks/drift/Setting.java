package dev.tidegate.benchmarks.drift;

import dev.tidegate.retrain.detect.Bets;
import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.EDetector;
import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.RateDetector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A detector as it is set up for the comparison.
 *
 * @param name for tables
 * @param promised average run length that it promises; 0 for one that promises none
 * @param make a fresh one for a base rate; only those that say "rate given" look at it
 */
record Setting(String name, double promised, DoubleFunction<ChangeDetector> make) {
  private static final double ADWIN_DELTA = 0.002;
  private static final double[] RUN_LENGTHS = {100_000, 1_000_000};

  /** True for ours. */
  boolean ours() {
    return promised > 0;
  }

  /** Ours at two run lengths, rate given and rate learned, then the others as usually set. */
  static List<Setting> all() {
    List<Setting> all = new ArrayList<>();
    for (double runLength : RUN_LENGTHS) {
      all.add(learned("e-detector, rate learned", Learning.defaults(), runLength));
      all.add(given("e-detector, rate given", EDetector.Form.SHIRYAEV_ROBERTS, runLength));
      all.add(given("e-detector as CUSUM, rate given", EDetector.Form.CUSUM, runLength));
    }
    all.addAll(others());
    return all;
  }

  /** The baselines. */
  static List<Setting> others() {
    return List.of(
        new Setting("ADWIN 0.002", 0, rate -> new Adwin(ADWIN_DELTA)),
        new Setting("DDM", 0, rate -> new Ddm()),
        new Setting("Page-Hinkley", 0, rate -> new PageHinkley()));
  }

  /** Ours, learning the rate from the stream. */
  static Setting learned(String name, Learning learning, double runLength) {
    return new Setting(
        name,
        runLength,
        rate -> {
          RateDetector detector = new RateDetector(EnumSet.of(Direction.RISE), learning, runLength);
          return positive -> detector.observe(positive) != null;
        });
  }

  private static Setting given(String name, EDetector.Form form, double runLength) {
    return new Setting(
        name,
        runLength,
        rate -> {
          EDetector detector = new EDetector(form, Bets.rises(), runLength);
          return positive -> detector.observe(positive ? 1 : 0, rate);
        });
  }
}
