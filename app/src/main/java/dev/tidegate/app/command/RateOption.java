package dev.tidegate.app.command;

import picocli.CommandLine.Option;

/** How fast a feed goes. */
final class RateOption {
  @Option(
      names = "--rate",
      paramLabel = "N/s|max",
      converter = Moment.RateConverter.class,
      description = "Transactions a second. Default: ${DEFAULT-VALUE}")
  private Moment.Rate rate;

  /** With a default of the command's own. */
  RateOption(Moment.Rate otherwise) {
    rate = otherwise;
  }

  /** Transactions a second; 0 for no limit. */
  double perSecond() {
    return rate.perSecond();
  }
}
