package dev.tidegate.retrain.gate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a challenger may become a release.
 *
 * @param rows payments of the window
 * @param frauds of which fraud
 * @param checks all gates, in the order they are told
 */
public record Verdict(int rows, int frauds, List<Check> checks) {
  /** Takes a copy. */
  public Verdict {
    checks = List.copyOf(checks);
  }

  /** True if every gate let it through. */
  public boolean passed() {
    return checks.stream().allMatch(Check::passed);
  }

  /** One sentence with figures: of all gates that refuse it, or that none does. */
  public String sentence() {
    if (passed()) {
      return "all "
          + checks.size()
          + " gates passed on "
          + rows
          + " payments, "
          + frauds
          + " fraud";
    }
    return "refused: "
        + checks.stream()
            .filter(check -> !check.passed())
            .map(Check::sentence)
            .collect(Collectors.joining("; "));
  }
}
