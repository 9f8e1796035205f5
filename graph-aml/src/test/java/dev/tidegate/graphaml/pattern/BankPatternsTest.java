package dev.tidegate.graphaml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped settings on a simulated bank whose seed had no part in choosing them. */
class BankPatternsTest {
  @Test
  void shouldFindPlantedPathsWithoutAnAlertForEveryCustomer() {
    BankRun run = new BankRun(BankRun.shipped()).over(12, 2_000, 30);
    Map<String, int[]> found = run.found();
    assertThat(share(found.get("cycle"))).isGreaterThanOrEqualTo(0.8);
    assertThat(share(found.get("layering"))).isGreaterThanOrEqualTo(0.5);
    assertThat(share(found.get("scatter_gather"))).isGreaterThanOrEqualTo(0.5);
    int alerts = run.right().values().stream().mapToInt(row -> row[0]).sum();
    int right = run.right().values().stream().mapToInt(row -> row[1]).sum();
    assertThat(alerts).isLessThan(200);
    assertThat(right).isGreaterThanOrEqualTo(alerts / 8);
  }

  private static double share(int[] row) {
    assertThat(row[0]).isGreaterThanOrEqualTo(3);
    return (double) row[1] / row[0];
  }
}
