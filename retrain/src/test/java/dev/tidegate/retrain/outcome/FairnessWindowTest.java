package dev.tidegate.retrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FairnessWindowTest {
  private static final FairnessLimits LIMITS = FairnessLimits.fourFifths(0.001);

  private static FairnessReading of(
      List<FairnessReading> readings, String group, FairnessMeasure measure) {
    return readings.stream()
        .filter(r -> r.group().equals(group) && r.measure() == measure)
        .findFirst()
        .orElseThrow();
  }

  /** 60 of 100 let through against 90 of 100: 0.667, half rows left out. */
  @Test
  void shouldEqualTheRatioByHand() {
    FairnessWindow window = new FairnessWindow();
    for (int i = 0; i < 100; i++) {
      window.decided("a", i >= 60);
      window.decided("b", i >= 90);
      window.matured("a", i < 30, false);
      window.matured("b", i < 10, false);
      window.matured("b", true, true);
    }
    List<FairnessReading> readings = window.assess(LIMITS);
    FairnessReading impact = of(readings, "a", FairnessMeasure.DISPARATE_IMPACT);
    assertThat(impact.ratio()).isCloseTo(60.5 / 90.5, within(1e-12));
    double deviation = Math.sqrt(1 / 60.5 - 1 / 100.5 + 1 / 90.5 - 1 / 100.5);
    assertThat(impact.high()).isCloseTo(60.5 / 90.5 * Math.exp(3.0902 * deviation), within(1e-4));
    FairnessReading positives = of(readings, "a", FairnessMeasure.FALSE_POSITIVE_RATIO);
    assertThat(positives.ratio()).isCloseTo(30.5 / 10.5, within(1e-12));
    assertThat(positives.rows()).isEqualTo(100);
    assertThat(positives.breached()).isEqualTo(positives.low() > 1.25);
  }

  @Test
  void shouldCallAGroupOnlyOnEvidence() {
    for (int size : new int[] {40, 4_000}) {
      FairnessWindow window = new FairnessWindow();
      for (int i = 0; i < size; i++) {
        window.decided("few", i % 10 < 4);
        window.decided("many", i % 10 < 1);
      }
      assertThat(of(window.assess(LIMITS), "few", FairnessMeasure.DISPARATE_IMPACT).breached())
          .as("%d payments", size)
          .isEqualTo(size == 4_000);
    }
  }

  /** Exactly at the limit, where a false call is likeliest. */
  @Test
  void shouldCallAGroupAtItsLimitAsRarelyAsItsLevelSays() {
    SplittableRandom random = new SplittableRandom(67);
    int trials = 2_000;
    int called = 0;
    for (int trial = 0; trial < trials; trial++) {
      FairnessWindow window = new FairnessWindow();
      for (int i = 0; i < 1_000; i++) {
        window.matured("a", random.nextDouble() < 0.125, false);
        window.matured("b", random.nextDouble() < 0.1, false);
      }
      List<FairnessReading> readings = window.assess(FairnessLimits.fourFifths(0.05));
      called += of(readings, "a", FairnessMeasure.FALSE_POSITIVE_RATIO).breached() ? 1 : 0;
    }
    assertThat((double) called / trials).isBetween(0.02, 0.07);
  }

  @Test
  void shouldNotCompareAGroupThatIsAlone() {
    FairnessWindow window = new FairnessWindow();
    window.decided("only", true);
    assertThat(window.assess(LIMITS)).isEmpty();
    assertThatThrownBy(() -> new FairnessLimits(0.8, 1.25, 0)).hasMessageContaining("level");
  }
}
