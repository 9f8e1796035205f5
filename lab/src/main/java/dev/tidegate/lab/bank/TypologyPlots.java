package dev.tidegate.lab.bank;

import java.util.EnumMap;
import java.util.Map;

/**
 * The kinds that are played as published descriptions of a typology tell them, amounts and times
 * included. Each plot names its source. How many payments a bank has of each is {@link
 * PlantedKind#share()}, far above life, so that a bank of testable size has some.
 */
final class TypologyPlots {
  private TypologyPlots() {}

  /** One plot for each such kind. */
  static Map<PlantedKind, Plot> of(Bank bank, Cast cast, CaseBook book) {
    Mules mules = new Mules(bank, cast);
    Map<PlantedKind, Plot> plots = new EnumMap<>(PlantedKind.class);
    plots.put(PlantedKind.CARD_TESTING, new CardTestingPlot(bank, cast, book));
    plots.put(PlantedKind.APP_SCAM, new ScamPlot(bank, cast, book, mules));
    plots.put(PlantedKind.INVOICE_REDIRECTION, new InvoicePlot(bank, cast, book, mules));
    plots.put(PlantedKind.REFUND_ABUSE, new RefundPlot(bank, cast, book));
    plots.put(PlantedKind.MERCHANT_BUST_OUT, new BustOutPlot(bank, cast, book));
    plots.put(PlantedKind.STRUCTURING, new StructuringPlot(bank, cast, book));
    plots.put(PlantedKind.MULE, new MulePlot(bank, cast, book, mules));
    plots.put(PlantedKind.PASS_THROUGH, new PassThroughPlot(bank, cast, book, mules));
    plots.put(PlantedKind.ROUND_TRIP, new RoundTripPlot(bank, cast, book));
    plots.put(PlantedKind.DORMANT_ACCOUNT, new DormantPlot(bank, cast, book, mules));
    plots.put(PlantedKind.HIGH_RISK_CORRIDOR, new CorridorPlot(bank, cast, book));
    return plots;
  }
}
