package dev.tidegate.retrain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageBudgetTest {
  @Test
  void shouldEqualTheFormula() {
    PageBudget budget = PageBudget.aQuarter(4, 300);
    assertThat(budget.runLength(1_000)).isCloseTo(300 * 1_000.0 * 86_400 * 91 / 4, within(1.0));
    assertThat(budget.level(Duration.ofHours(1))).isCloseTo(4 / (300.0 * 24 * 91), within(1e-12));
  }

  /** Monitors of different speed, fed from one stream, so that they depend on each other. */
  @Test
  void shouldKeepAllMonitorsTogetherWithinTheBudget() {
    int monitors = 8;
    int seconds = 20_000;
    PageBudget budget = new PageBudget(10, Duration.ofSeconds(seconds), monitors);
    SplittableRandom random = new SplittableRandom(43);
    int repeats = 20;
    long pages = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      EDetector[] detectors = new EDetector[monitors];
      for (int k = 0; k < monitors; k++) {
        detectors[k] = new EDetector(Bets.rises(), budget.runLength(1.0 / (k + 1)));
      }
      for (int second = 0; second < seconds; second++) {
        double x = random.nextDouble() < 0.1 ? 1 : 0;
        for (int k = 0; k < monitors; k++) {
          pages += second % (k + 1) == 0 && detectors[k].observe(x, 0.1) ? 1 : 0;
        }
      }
    }
    assertThat(pages).isBetween(1L, (long) (10 * repeats + 4 * Math.sqrt(10 * repeats * 8)));
  }

  @Test
  void shouldRefuseABudgetOfNothing() {
    assertThatThrownBy(() -> PageBudget.aQuarter(0, 1)).hasMessageContaining("pages above 0");
    assertThatThrownBy(() -> PageBudget.aQuarter(1, 0)).hasMessageContaining("at least 1 monitor");
    assertThatThrownBy(() -> PageBudget.aQuarter(1, 1).runLength(0))
        .hasMessageContaining("needs observations");
  }
}
