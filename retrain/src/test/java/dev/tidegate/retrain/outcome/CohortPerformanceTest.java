package dev.tidegate.retrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CohortPerformanceTest {
  private static final long DAY = 86_400_000L;

  @Test
  void shouldReadACohortOnlyOnceItsLastPaymentIsOldEnough() {
    CohortPerformance performance = new CohortPerformance(DAY, List.of(7 * DAY, 30 * DAY), 50);
    performance.scored("a", 0, 0.9);
    performance.scored("b", DAY - 1, 0.1);
    performance.labelled("a", 0, 3 * DAY, true);
    performance.labelled("b", DAY - 1, 20 * DAY, true);
    assertThat(performance.advance(8 * DAY - 1)).isEmpty();
    assertThat(performance.advance(8 * DAY))
        .containsExactly(new CohortReading(0, 7 * DAY, 2, 1, 1.0, 1));
    CohortReading mature = performance.advance(40 * DAY).get(0);
    assertThat(mature.frauds()).isEqualTo(2);
    assertThat(mature.recallAtBudget()).isEqualTo(0.5);
    assertThat(performance.held()).isZero();
  }

  /** Each payment has the same time for its label, wherever in the cohort it lies. */
  @Test
  void shouldCountALabelByThePaymentsOwnAge() {
    CohortPerformance performance = new CohortPerformance(DAY, List.of(DAY), 100);
    performance.scored("early", 0, 0.5);
    performance.scored("late", DAY - 1, 0.5);
    performance.labelled("early", 0, DAY + 1, true);
    performance.labelled("late", DAY - 1, DAY + 1, true);
    assertThat(performance.advance(2 * DAY).get(0).frauds()).isEqualTo(1);
  }

  /**
   * Steady fraud, labels exponential with mean 10 days: fresh against mature would look like a
   * drop.
   */
  @Test
  void shouldCallNoDropWhereOnlyLabelsAreSlow() {
    List<CohortReading> readings = readings(0.8, 0.8);
    List<CohortReading> young = ofAge(readings, 7);
    List<CohortReading> mature = ofAge(readings, 60);
    assertThat(young.get(1).frauds()).isLessThan(mature.get(0).frauds() * 7 / 10);
    assertThat(PerformanceDrop.between(young.get(0), young.get(1), 0.01).dropped()).isFalse();
    assertThat(PerformanceDrop.between(mature.get(0), mature.get(1), 0.01).dropped()).isFalse();
    assertThatThrownBy(() -> PerformanceDrop.between(mature.get(0), young.get(1), 0.01))
        .hasMessageContaining("cannot be compared");
  }

  @Test
  void shouldCallADropOfTheModelAtTheFirstAge() {
    List<CohortReading> young = ofAge(readings(0.8, 0.4), 7);
    PerformanceDrop drop = PerformanceDrop.between(young.get(0), young.get(1), 0.001);
    assertThat(drop.dropped()).isTrue();
    assertThat(drop.recallPValue()).isLessThan(0.001);
  }

  /** 8 of 10 found before, 2 of 10 now: one-sided Fisher p = 0.0115 (hypergeometric by hand). */
  @Test
  void shouldTestRecallExactly() {
    CohortReading before = new CohortReading(0, 1, 1_000, 10, 0.5, 8);
    CohortReading now = new CohortReading(1, 1, 1_000, 10, 0.5, 2);
    // sum over k = 0..2 of C(10, k) C(10, 10 - k) / C(20, 10)
    double byHand = (1 + 100 + 2_025) / 184_756.0;
    PerformanceDrop drop = PerformanceDrop.between(before, now, 0.05);
    assertThat(drop.recallPValue()).isCloseTo(byHand, within(1e-9));
    assertThat(drop.precisionPValue()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void shouldSayNothingOfACohortWithoutFraud() {
    CohortReading none = new CohortReading(0, 1, 1_000, 0, null, 0);
    CohortReading some = new CohortReading(0, 1, 1_000, 10, 0.5, 8);
    assertThat(PerformanceDrop.between(some, none, 0.05).dropped()).isFalse();
    assertThat(PerformanceDrop.between(none, some, 0.05).dropped()).isFalse();
    assertThat(none.recallAtBudget()).isNull();
  }

  @Test
  void shouldCallNoDropMoreOftenThanItsLevel() {
    SplittableRandom random = new SplittableRandom(71);
    int called = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      List<CohortReading> pair = new ArrayList<>();
      CohortPerformance performance = new CohortPerformance(DAY, List.of(0L), 2);
      for (int cohort = 0; cohort < 2; cohort++) {
        fill(performance, random, cohort, 0.6, 2_000);
        pair.addAll(performance.advance((cohort + 1) * DAY));
      }
      called += PerformanceDrop.between(pair.get(0), pair.get(1), 0.05).dropped() ? 1 : 0;
    }
    assertThat((double) called / trials).isLessThan(0.05 + 4 * Math.sqrt(0.05 / trials));
  }

  private static List<CohortReading> readings(double before, double after) {
    SplittableRandom random = new SplittableRandom(73);
    CohortPerformance performance = new CohortPerformance(DAY, List.of(7 * DAY, 60 * DAY), 2);
    fillSlowly(performance, random, 0, before);
    fillSlowly(performance, random, 1, after);
    return performance.advance(100 * DAY);
  }

  private static List<CohortReading> ofAge(List<CohortReading> readings, int days) {
    return readings.stream().filter(r -> r.ageMs() == days * DAY).toList();
  }

  private static void fillSlowly(
      CohortPerformance performance, SplittableRandom random, int cohort, double quality) {
    for (int i = 0; i < 20_000; i++) {
      pay(performance, random, cohort * DAY + i, quality, 10 * DAY);
    }
  }

  private static void fill(
      CohortPerformance performance, SplittableRandom random, int cohort, double quality, int n) {
    for (int i = 0; i < n; i++) {
      pay(performance, random, cohort * DAY + i, quality, 0);
    }
  }

  /** One in a hundred is fraud; a share {@code quality} of it scores high. */
  private static void pay(
      CohortPerformance performance,
      SplittableRandom random,
      long timeMs,
      double quality,
      long meanDelayMs) {
    boolean fraud = random.nextDouble() < 0.01;
    boolean seen = fraud && random.nextDouble() < quality;
    String id = "p" + timeMs;
    performance.scored(id, timeMs, (seen ? 0.5 : 0) + random.nextDouble());
    if (fraud) {
      long delayMs = (long) (-Math.log(1 - random.nextDouble()) * meanDelayMs);
      performance.labelled(id, timeMs, timeMs + delayMs, true);
    }
  }
}
