package dev.tidegate.benchmarks.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The baselines do what their papers say, so that a comparison with them means something. */
class BaselinesTest {
  /** Observations from a change to the first alarm after it. */
  private static int firstAlarm(ChangeDetector detector, double before, double after, int change) {
    SplittableRandom random = new SplittableRandom(149);
    for (int i = 0; i < 2 * change; i++) {
      boolean alarm = detector.observe(random.nextDouble() < (i < change ? before : after));
      if (alarm && i >= change) {
        return i - change;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void shouldAllSeeAnErrorRateThatTriples() {
    assertThat(firstAlarm(new Adwin(0.002), 0.2, 0.6, 5_000)).isBetween(1, 200);
    assertThat(firstAlarm(new Ddm(), 0.2, 0.6, 5_000)).isBetween(1, 700);
    assertThat(firstAlarm(new PageHinkley(), 0.2, 0.6, 5_000)).isBetween(20, 300);
  }

  /** ADWIN's window grows while nothing changes and is cut to about the new part at a change. */
  @Test
  void shouldKeepAWindowAsLongAsNothingChanges() {
    Adwin adwin = new Adwin(0.002);
    SplittableRandom random = new SplittableRandom(151);
    for (int i = 0; i < 20_000; i++) {
      assertThat(adwin.observe(random.nextDouble() < 0.3)).isFalse();
    }
    assertThat(adwin.width()).isEqualTo(20_000);
    for (int i = 0; i < 1_000; i++) {
      adwin.observe(random.nextDouble() < 0.8);
    }
    assertThat(adwin.width()).isBetween(900L, 1_300L);
  }

  @Test
  void shouldNotCallAFallOfTheRateARise() {
    assertThat(firstAlarm(new Adwin(0.002), 0.6, 0.2, 5_000)).isEqualTo(Integer.MAX_VALUE);
    assertThat(firstAlarm(new PageHinkley(), 0.6, 0.2, 5_000)).isEqualTo(Integer.MAX_VALUE);
  }

  /** 30 observations of rate 1/2, then ones alone: p + s leaves p_min + 3 s_min by hand. */
  @Test
  void shouldAlarmWhereDdmsFormulaSays() {
    Ddm ddm = new Ddm();
    for (int i = 0; i < 100; i++) {
      assertThat(ddm.observe(i % 2 == 0)).isFalse();
    }
    int ones = 0;
    while (!ddm.observe(true)) {
      ones++;
    }
    double lowest = 0.5 + 3 * Math.sqrt(0.25 / 100);
    int expected = 0;
    while (level(50 + expected + 1, 100 + expected + 1) <= lowest) {
      expected++;
    }
    assertThat(ones).isEqualTo(expected);
  }

  private static double level(double positives, double seen) {
    double rate = positives / seen;
    return rate + Math.sqrt(rate * (1 - rate) / seen);
  }

  @Test
  void shouldLearnAClassByCodesAndSizes() {
    NaiveBayes model = new NaiveBayes(List.of(true, false));
    SplittableRandom random = new SplittableRandom(157);
    int right = 0;
    for (int i = 0; i < 2_000; i++) {
      int of = random.nextInt(2);
      double[] row = {random.nextInt(4) == 0 ? 1 - of : of, 2 * of + random.nextDouble() * 3, of};
      right += i >= 1_000 && model.predict(row) == of ? 1 : 0;
      model.learn(row);
    }
    assertThat(right).isGreaterThan(800);
  }
}
