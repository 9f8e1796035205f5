package dev.tidegate.app.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many alerts analysts can look at. */
final class AlertBudget {
  /** Percent of payments, where neither the user nor a release says. */
  static final double DEFAULT_PERCENT = 0.5;

  @Option(
      names = "--alert-budget",
      paramLabel = "PERCENT",
      description =
          "Percent of payments that analysts can look at. Default: what the release was made for;"
              + " 0.5 for a new one.")
  private @Nullable Double percent;

  /**
   * What was given; null for the default.
   *
   * @throws dev.tidegate.app.Refused if it is no share
   */
  @Nullable Double percent() {
    Inputs.require(
        percent == null || (percent > 0 && percent <= 100),
        "--alert-budget must be above 0, up to 100");
    return percent;
  }
}
