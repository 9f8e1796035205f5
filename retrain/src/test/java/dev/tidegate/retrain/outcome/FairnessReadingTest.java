package dev.tidegate.retrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which readings of a challenger the champion's excuse. */
final class FairnessReadingTest {
  private static final FairnessReading IMPACT = impact("abroad", 0.62, 0.70, 0.79);
  private static final FairnessReading FALSE_POSITIVES = falsePositives(1.30, 1.60, 1.97);

  @ParameterizedTest
  @CsvSource({
    "0.55, 0.48, 0.63, false", // the intervals meet, and yet it is worse
    "0.615, 0.55, 0.69, false",
    "0.62, 0.55, 0.70, true",
    "0.70, 0.62, 0.79, true",
    "0.75, 0.71, 0.79, true"
  })
  void shouldHoldImpactAgainstTheChampionsInterval(
      double ratio, double low, double high, boolean excused) {
    assertThat(impact("abroad", low, ratio, high).noWorseThan(IMPACT)).isEqualTo(excused);
  }

  @ParameterizedTest
  @CsvSource({
    "2.10, 1.50, 2.94, false",
    "1.98, 1.50, 2.61, false",
    "1.97, 1.50, 2.59, true",
    "1.60, 1.30, 1.97, true",
    "1.40, 1.26, 1.56, true"
  })
  void shouldHoldFalsePositivesAgainstTheChampionsInterval(
      double ratio, double low, double high, boolean excused) {
    assertThat(falsePositives(low, ratio, high).noWorseThan(FALSE_POSITIVES)).isEqualTo(excused);
  }

  /** Each as good as the one before by the champion's interval, and yet it ends. */
  @Test
  void shouldNotSinkBelowTheFloorStepByStep() {
    double ratio = 0.78;
    FairnessReading champion = impact("abroad", ratio * 0.98, ratio, ratio * 1.02);
    int steps = 0;
    while (steps < 100) {
      ratio = champion.low();
      FairnessReading challenger = impact("abroad", ratio * 0.98, ratio, ratio * 1.02);
      if (!challenger.noWorseThan(champion)) {
        break;
      }
      champion = challenger;
      steps++;
    }
    assertThat(steps).isBetween(1, 99);
    assertThat(champion.high()).isGreaterThanOrEqualTo(0.64);

    FairnessReading beyond = falsePositives(1.57, 1.8, 2.06);
    assertThat(beyond.noWorseThan(beyond)).isFalse();
    FairnessReading within = falsePositives(1.56, 1.8, 2.07);
    assertThat(within.noWorseThan(within)).isTrue();
  }

  @Test
  void shouldNotBeExcusedByAnotherGroupMeasureOrAChampionWithinItsLimit() {
    assertThat(IMPACT.noWorseThan(impact("home", 0.62, 0.70, 0.79))).isFalse();
    assertThat(IMPACT.noWorseThan(FALSE_POSITIVES)).isFalse();
    assertThat(IMPACT.noWorseThan(impact("abroad", 0.65, 0.73, 0.81))).isFalse();
  }

  private static FairnessReading impact(String group, double low, double ratio, double high) {
    return new FairnessReading(
        group, FairnessMeasure.DISPARATE_IMPACT, 1_000, ratio, low, high, 0.8, high < 0.8);
  }

  private static FairnessReading falsePositives(double low, double ratio, double high) {
    return new FairnessReading(
        "abroad", FairnessMeasure.FALSE_POSITIVE_RATIO, 1_000, ratio, low, high, 1.25, low > 1.25);
  }
}
