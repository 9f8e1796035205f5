package dev.tidegate.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.sizing.Sizing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Costs a payment, worked out by hand. */
final class SizingFiguresTest {
  private static final SizingFigures.Stage FEATURES = new SizingFigures.Stage("features", 18, 300);
  private static final SizingFigures.Stage GRAPH = new SizingFigures.Stage("graph-aml", 6, 0);

  @Test
  void shouldHoldWhatAPaymentCostAgainstTheFormula() {
    SizingFigures figures = new SizingFigures(500, 60, 30_000, 0, List.of(FEATURES, GRAPH));

    assertThat(figures.micros(FEATURES)).isEqualTo(600);
    assertThat(figures.ratio(FEATURES)).isEqualTo(2);
    assertThat(figures.cores(FEATURES)).isEqualTo(0.3);
    assertThat(figures.micros(GRAPH)).isEqualTo(200);
    assertThat(figures.ratio(GRAPH)).isNaN();
  }

  /** 1 / 3,337; 1 / 21,802 + 1 / 76,549. */
  @Test
  void shouldTakeTheFormulasOwnCosts() {
    assertThat(Math.round(Sizing.featuresMicros())).isEqualTo(300);
    assertThat(Math.round(Sizing.scoringMicros())).isEqualTo(59);
  }
}
