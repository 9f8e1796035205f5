package dev.tidegate.retrain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {
  /** The example of scikit-learn's documentation: 0.8333 and 0.75. */
  @Test
  void shouldGiveThePublishedFiguresOfFourRows() {
    RankingMetrics metrics = of(new double[] {0.1, 0.4, 0.35, 0.8}, 2, 3);
    assertThat(metrics.averagePrecision()).isCloseTo(5.0 / 6, within(1e-12));
    assertThat(metrics.rocAuc()).isCloseTo(0.75, within(1e-12));
  }

  /** By hand: steps 0.9 {1 of 1}, 0.5 {1 of 3}, 0.1 {1 of 2}. */
  @Test
  void shouldTakeTiedRowsAsOneStep() {
    RankingMetrics metrics = of(new double[] {0.9, 0.5, 0.5, 0.5, 0.1, 0.1}, 0, 2, 5);
    assertThat(metrics.averagePrecision())
        .isCloseTo(1.0 / 3 * 1 + 1.0 / 3 * 2 / 4 + 1.0 / 3 * 3 / 6, within(1e-12));
    // Pairs won: first 3, second 1 + 2 / 2, third 1 / 2; of 9.
    assertThat(metrics.rocAuc()).isCloseTo(5.5 / 9, within(1e-12));
  }

  @Test
  void shouldHaveNoFigureWhereThereIsNone() {
    RankingMetrics clean = of(new double[] {0.1, 0.2});
    assertThat(clean.averagePrecision()).isNull();
    assertThat(clean.rocAuc()).isNull();
    assertThat(clean.atBudget(50).recall()).isNull();
    assertThat(clean.atBudget(50).precision()).isZero();
    RankingMetrics dirty = of(new double[] {0.1, 0.2}, 0, 1);
    assertThat(dirty.averagePrecision()).isEqualTo(1);
    assertThat(dirty.rocAuc()).isNull();
    RankingMetrics empty = of(new double[0]);
    assertThat(empty.averagePrecision()).isNull();
    assertThat(empty.atBudget(1).precision()).isNull();
    assertThat(empty.atThreshold(0.5).precision()).isNull();
  }

  @Test
  void shouldCutATieByItsMean() {
    RankingMetrics metrics = of(new double[] {0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0, 0, 0}, 0, 1);
    RankingMetrics.Found found = metrics.atBudget(30);
    assertThat(found.alerts()).isEqualTo(3);
    assertThat(found.recall()).isCloseTo((1 + 2.0 / 4) / 2, within(1e-12));
    assertThat(found.precision()).isCloseTo(1.5 / 3, within(1e-12));
  }

  @Test
  void shouldSetTheThresholdWithinTheBudget() {
    RankingMetrics metrics = of(new double[] {0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0, 0, 0}, 0, 1);
    assertThat(metrics.thresholdFor(10)).isEqualTo(0.9);
    assertThat(metrics.thresholdFor(40)).isEqualTo(0.9);
    assertThat(metrics.thresholdFor(50)).isEqualTo(0.5);
    assertThat(metrics.thresholdFor(100)).isZero();
    assertThat(metrics.atThreshold(0.5).recall()).isEqualTo(1);
    assertThat(metrics.atThreshold(0.5).precision()).isCloseTo(0.4, within(1e-12));
    assertThat(of(new double[] {0.5, 0.5, 0.5}, 0).thresholdFor(34)).isEqualTo(Math.nextUp(0.5));
  }

  @Test
  void shouldSetTheThresholdWithinTheFalsePositives() {
    BitSet frauds = new BitSet();
    frauds.set(0);
    frauds.set(2);
    RankingMetrics ranking = RankingMetrics.of(new double[] {0.9, 0.8, 0.7, 0.6, 0.5, 0.4}, frauds);
    assertThat(ranking.thresholdForFalsePositiveRate(0)).isEqualTo(0.9);
    assertThat(ranking.thresholdForFalsePositiveRate(0.25)).isEqualTo(0.7);
    assertThat(ranking.thresholdForFalsePositiveRate(1)).isEqualTo(0.4);
    BitSet last = new BitSet();
    last.set(5);
    assertThat(
            RankingMetrics.of(new double[] {0.9, 0.8, 0.7, 0.6, 0.5, 0.4}, last)
                .thresholdForFalsePositiveRate(0.1))
        .isEqualTo(Math.nextUp(0.9));
    assertThatThrownBy(() -> ranking.thresholdForFalsePositiveRate(1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldSetTheThresholdOfTheLargestF1() {
    BitSet frauds = new BitSet();
    frauds.set(0);
    frauds.set(2);
    RankingMetrics ranking = RankingMetrics.of(new double[] {0.9, 0.8, 0.7, 0.6, 0.5}, frauds);
    // F1 down to each score: 2/3, 1/2, 4/5, 2/3, 4/7.
    assertThat(ranking.bestF1Threshold()).isEqualTo(0.7);
    assertThat(ranking.atThreshold(0.7).f1()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void shouldRefuseNanScoresAndOddBudgets() {
    assertThatThrownBy(() -> of(new double[] {Double.NaN})).hasMessageContaining("no score");
    RankingMetrics metrics = of(new double[] {1});
    assertThatThrownBy(() -> metrics.atBudget(0)).hasMessageContaining("percentage");
    assertThatThrownBy(() -> metrics.atBudget(101)).hasMessageContaining("percentage");
  }

  @Property(tries = 500)
  void shouldEqualTheDefinitions(@ForAll("cases") Case rows) {
    RankingMetrics metrics = RankingMetrics.of(rows.scores, rows.frauds);
    assertThat(metrics.rocAuc()).isEqualTo(rows.pairsWon(), within(1e-9));
    assertThat(metrics.averagePrecision()).isEqualTo(rows.averagePrecision(), within(1e-9));
    double threshold = metrics.thresholdFor(20);
    long budget = Math.max(1, Math.round(rows.scores.length * 0.2));
    assertThat(rows.atOrAbove(threshold)).isLessThanOrEqualTo(budget);
    double next = Arrays.stream(rows.scores).filter(s -> s < threshold).max().orElse(-1);
    assertThat(next < 0 || rows.atOrAbove(next) > budget).isTrue();
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Double> coarse = Arbitraries.integers().between(0, 12).map(i -> i / 12.0);
    Arbitrary<Double> fine = Arbitraries.doubles().between(0, 1);
    Arbitrary<List<Double>> scores =
        Arbitraries.oneOf(coarse, fine).list().ofMinSize(2).ofMaxSize(60);
    return Combinators.combine(scores, Arbitraries.longs()).as(Case::of);
  }

  private static RankingMetrics of(double[] scores, int... frauds) {
    BitSet set = new BitSet();
    Arrays.stream(frauds).forEach(set::set);
    return RankingMetrics.of(scores, set);
  }

  /** Rows with the definitions written out, O(n^2). */
  private static final class Case {
    private final double[] scores;
    private final BitSet frauds;

    private Case(double[] scores, BitSet frauds) {
      this.scores = scores;
      this.frauds = frauds;
    }

    static Case of(List<Double> scores, long bits) {
      BitSet frauds = BitSet.valueOf(new long[] {bits});
      frauds.clear(scores.size(), 64);
      frauds.set(0);
      frauds.clear(1);
      return new Case(scores.stream().mapToDouble(Double::doubleValue).toArray(), frauds);
    }

    long atOrAbove(double threshold) {
      return Arrays.stream(scores).filter(s -> s >= threshold).count();
    }

    double pairsWon() {
      double won = 0;
      long pairs = 0;
      for (int i = 0; i < scores.length; i++) {
        for (int j = 0; j < scores.length; j++) {
          if (frauds.get(i) && !frauds.get(j)) {
            pairs++;
            won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      return won / pairs;
    }

    /** Each fraud adds the precision at its own score, divided by the frauds. */
    double averagePrecision() {
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        if (frauds.get(i)) {
          long above = atOrAbove(scores[i]);
          long hits = 0;
          for (int j = 0; j < scores.length; j++) {
            hits += frauds.get(j) && scores[j] >= scores[i] ? 1 : 0;
          }
          sum += (double) hits / above;
        }
      }
      return sum / frauds.cardinality();
    }

    @Override
    public String toString() {
      return Arrays.toString(scores) + " " + frauds;
    }
  }
}
