package dev.tidegate.retrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreRankingTest {
  /** The oracle ranks each row; scores that stand for their cells rank as the cells do. */
  @Test
  void shouldGiveTheFiguresOfRowsRankedOneByOne() {
    SplittableRandom random = new SplittableRandom(191);
    for (int trial = 0; trial < 50; trial++) {
      int rows = 1 + random.nextInt(3_000);
      ScoreRanking ranking = new ScoreRanking();
      double[] scores = new double[rows];
      BitSet frauds = new BitSet();
      for (int row = 0; row < rows; row++) {
        double score = Math.pow(random.nextDouble(), 1 + random.nextInt(6));
        boolean fraud = random.nextDouble() < score / 2;
        ranking.add(score, fraud);
        scores[row] = ScoreRanking.standing(score);
        frauds.set(row, fraud);
      }
      RankingMetrics expected = RankingMetrics.of(scores, frauds);
      RankingMetrics found = ranking.metrics();
      assertThat(found.rows()).isEqualTo(expected.rows());
      assertThat(found.frauds()).isEqualTo(expected.frauds());
      assertThat(found.averagePrecision()).isEqualTo(expected.averagePrecision());
      assertThat(found.atBudget(2).frauds()).isCloseTo(expected.atBudget(2).frauds(), within(1e-9));
    }
  }

  @Test
  void shouldKeepScoresApartThatDifferByMoreThanOnePartInAHundred() {
    for (double score = 1e-6; score < 0.99; score *= 1.01) {
      assertThat(ScoreRanking.standing(score * 1.01)).isGreaterThan(ScoreRanking.standing(score));
    }
    assertThat(ScoreRanking.standing(0)).isZero();
    assertThat(ScoreRanking.standing(-0.0)).isZero();
    assertThatThrownBy(() -> new ScoreRanking().add(Double.NaN, false))
        .hasMessageContaining("in [0, 1]");
  }

  @Test
  void shouldGoOnFromItsBytes() {
    ScoreRanking ranking = new ScoreRanking();
    ranking.add(0.5, true);
    ranking.add(0.1, false);
    ByteBuffer bytes = ByteBuffer.allocate(ranking.byteSize());
    ranking.write(bytes);
    ScoreRanking again = ScoreRanking.read(bytes.flip());
    again.add(ranking);
    assertThat(again.rows()).isEqualTo(4);
    assertThat(again.frauds()).isEqualTo(2);
  }
}
