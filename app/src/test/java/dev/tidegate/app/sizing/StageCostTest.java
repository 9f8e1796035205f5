package dev.tidegate.app.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.app.sizing.StageCost.Point;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Lines through measured costs. */
final class StageCostTest {
  @Property(tries = 200, seed = "7")
  void shouldFindTheLineThatThePointsLieOn(
      @ForAll @DoubleRange(min = 0.01, max = 2) double fixed,
      @ForAll @DoubleRange(min = 1, max = 5_000) double micros) {
    StageCost line = new StageCost(fixed, micros);
    StageCost found =
        StageCost.fit(
            List.of(
                new Point(100, line.cores(100)),
                new Point(350, line.cores(350)),
                new Point(900, line.cores(900))),
            0);

    assertThat(found.fixedCores()).isCloseTo(fixed, within(1e-6));
    assertThat(found.microsAPayment()).isCloseTo(micros, within(1e-3));
  }

  /** Weights are 1 / cores squared: here 100, 100 and 1; checked against the normal equations. */
  @Test
  void shouldWeighErrorsByTheirShare() {
    StageCost found =
        StageCost.fit(List.of(new Point(0, 0.1), new Point(100, 0.1), new Point(1_000, 1)), 0);
    double slope = found.microsAPayment() / 1e6;
    double fixed = found.fixedCores();

    assertThat(
            100 * (fixed - 0.1) + 100 * (fixed + 100 * slope - 0.1) + (fixed + 1_000 * slope - 1))
        .isCloseTo(0, within(1e-9));
    assertThat(slope).isBetween(0.0, 0.0009);
  }

  @Test
  void shouldGiveNoCostBelowNothing() {
    StageCost falling = StageCost.fit(List.of(new Point(100, 0.4), new Point(400, 0.2)), 0);
    assertThat(falling.microsAPayment()).isZero();
    assertThat(falling.fixedCores()).isBetween(0.2, 0.4);

    StageCost steep = StageCost.fit(List.of(new Point(100, 0.1), new Point(400, 0.8)), 0);
    assertThat(steep.fixedCores()).isZero();
    assertThat(steep.microsAPayment()).isBetween(1_000.0, 2_000.0);
  }

  /**
   * 200 us are 0.02 cores at 100/s and 0.08 at 400/s: 0.16 and 0.14 remain, weighed alike nearly.
   */
  @Test
  void shouldGiveNoCostBelowThatOfAFullProcess() {
    List<Point> level = List.of(new Point(100, 0.18), new Point(400, 0.22));
    assertThat(StageCost.fit(level, 0).microsAPayment()).isCloseTo(133, within(1.0));

    StageCost bounded = StageCost.fit(level, 200);
    assertThat(bounded.microsAPayment()).isEqualTo(200);
    assertThat(bounded.fixedCores()).isBetween(0.14, 0.16);

    StageCost none = StageCost.fit(level, 5_000);
    assertThat(none.microsAPayment()).isEqualTo(5_000);
    assertThat(none.fixedCores()).isZero();
  }

  @Test
  void shouldRefuseALineThroughOneRate() {
    assertThatThrownBy(() -> StageCost.fit(List.of(new Point(100, 0.1), new Point(100, 0.2)), 0))
        .hasMessageContaining("two rates");
    assertThatThrownBy(() -> StageCost.fit(List.of(new Point(100, 0), new Point(200, 0.2)), 0))
        .hasMessageContaining("cores above 0");
  }
}
