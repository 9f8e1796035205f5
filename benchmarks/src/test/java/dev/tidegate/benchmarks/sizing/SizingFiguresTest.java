package dev.tidegate.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.app.sizing.Costs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lines and their check, worked out by hand. */
final class SizingFiguresTest {
  private static SizingFigures.Step step(double tps, double featuresCpu) {
    return new SizingFigures.Step(tps, 10, (long) (10 * tps), 0, Map.of("features", featuresCpu));
  }

  @Test
  void shouldLayTheLineThroughAllRatesButTheLastAndCheckItThere() {
    // 0.2 cores and 500 us: 0.25 at 100/s, 0.4 at 400/s; 0.325 at 250/s
    SizingFigures figures =
        new SizingFigures(
            List.of(step(100, 2.5), step(400, 4), step(250, 2.6)), Map.of(), Map.of());

    assertThat(figures.cost("features").fixedCores()).isCloseTo(0.2, within(1e-9));
    assertThat(figures.cost("features").microsAPayment()).isCloseTo(500, within(1e-6));
    assertThat(figures.check().cores("features")).isEqualTo(0.26);
    assertThat(figures.check().micros("features")).isCloseTo(1_040, within(1e-6));
    assertThat(figures.error("features")).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void shouldGiveWhatSizesAreReckonedWith() {
    Costs costs =
        new SizingFigures(
                List.of(step(100, 2.5), step(400, 4), step(250, 2.6)),
                Map.of(),
                Map.of("decisions", 123.456))
            .costs("by hand");

    assertThat(costs.rates()).containsExactly(100.0, 400.0);
    assertThat(costs.checkRate()).isEqualTo(250);
    assertThat(costs.of("features").microsAPayment()).isEqualTo(500);
    assertThat(costs.checkError()).containsEntry("features", 0.25);
    assertThat(costs.bytesAPayment()).containsEntry("decisions", 123.5);
  }

  /** Level at low rates, but 800 us where much had piled up. */
  @Test
  void shouldLayNoLineFlatterThanCatchingUp() {
    SizingFigures figures =
        new SizingFigures(
            List.of(step(100, 3), step(400, 3), step(250, 3)), Map.of("features", 800.0), Map.of());

    assertThat(figures.cost("features").microsAPayment()).isEqualTo(800);
    // 0.22 remain at 100/s and -0.02 at 400/s, weighed alike
    assertThat(figures.cost("features").fixedCores()).isCloseTo(0.1, within(1e-9));
    assertThat(figures.costs("by hand").of("features").microsAPayment()).isEqualTo(800);
  }

  @Test
  void shouldNeedAThirdRate() {
    assertThatThrownBy(
            () -> new SizingFigures(List.of(step(100, 2.5), step(400, 4)), Map.of(), Map.of()))
        .hasMessageContaining("a third checks it");
  }
}
