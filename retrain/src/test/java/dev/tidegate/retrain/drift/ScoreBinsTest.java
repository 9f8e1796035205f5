package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreBinsTest {
  @Test
  void shouldHoldAsManyScoresInEachQuantileBin() {
    double[] scores =
        IntStream.range(0, 1_000).mapToDouble(i -> (i * 37 % 1_000) / 1_000.0).toArray();
    ScoreBins bins = ScoreBins.quantiles(scores);
    assertThat(bins.edges()).hasSize(9).startsWith(0.1, 0.2);
    assertThat(bins.count(scores))
        .containsExactly(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 0);
  }

  @Test
  void shouldPutAScoreOnAnEdgeAboveItAndNoScoreLast() {
    ScoreBins bins = ScoreBins.of(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9));
    assertThat(bins.cell(0.0999)).isZero();
    assertThat(bins.cell(0.1)).isEqualTo(1);
    assertThat(bins.cell(0.9)).isEqualTo(9);
    assertThat(bins.cell(7)).isEqualTo(9);
    assertThat(bins.cell(Double.NaN)).isEqualTo(10);
  }

  @Test
  void shouldBearScoresThatRepeat() {
    ScoreBins bins = ScoreBins.quantiles(new double[] {0.5, 0.5, 0.5, 0.5, 0.9});
    assertThat(bins.count(new double[] {0.5, 0.5, 0.9, 0.1}))
        .containsExactly(1, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0);
  }

  @Test
  void shouldRefuseEdgesThatDescend() {
    assertThatThrownBy(() -> ScoreBins.of(List.of(1.0, 2.0))).hasMessageContaining("9 edges");
    assertThatThrownBy(() -> ScoreBins.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 7.5)))
        .hasMessageContaining("descend");
    assertThatThrownBy(() -> ScoreBins.quantiles(new double[] {Double.NaN}))
        .hasMessageContaining("no scores");
  }
}
