package dev.tidegate.lab.bank;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decides when cases start. Each kind has an account that every payment of the bank credits with
 * the kind's share and every case debits with its payments, so the shares hold for any number of
 * customers; a case starts whenever the account is above zero.
 */
final class CasePlanner {
  private static final double PHASE = 8;

  private final long seed;
  private final BankChange change;
  private final Map<PlantedKind, Plot> plots = new EnumMap<>(PlantedKind.class);
  private final Map<PlantedKind, Double> credit = new EnumMap<>(PlantedKind.class);
  private final CompromisePlot compromise;

  CasePlanner(Bank bank) {
    seed = bank.settings().seed();
    change = bank.settings().change();
    Cast cast = new Cast(bank.population());
    CaseBook book = new CaseBook();
    LaunderingPlots laundering = new LaunderingPlots(bank, cast, book);
    compromise = new CompromisePlot(bank, cast, book);
    plots.put(PlantedKind.STOLEN_CARD, new StolenCardPlot(bank, cast, book));
    plots.put(PlantedKind.ACCOUNT_TAKEOVER, new TakeoverPlot(bank, cast, book));
    plots.put(PlantedKind.MERCHANT_COMPROMISE, compromise);
    plots.putAll(TypologyPlots.of(bank, cast, book));
    plots.put(PlantedKind.FAN_IN, laundering::fanIn);
    plots.put(PlantedKind.FAN_OUT, laundering::fanOut);
    plots.put(PlantedKind.CYCLE, laundering::cycle);
    plots.put(PlantedKind.SCATTER_GATHER, laundering::scatterGather);
    plots.put(PlantedKind.GATHER_SCATTER, laundering::gatherScatter);
    plots.put(PlantedKind.LAYERING, laundering::layering);
    if (change.bringsGiftCards()) {
      plots.put(PlantedKind.GIFT_CARD_SCAM, new GiftCardPlot(bank, cast, book));
    }
    SeededRandom random = new SeededRandom(seed, SeededRandom.Topic.PHASE, 0, 0);
    plots.keySet().forEach(kind -> credit.put(kind, -PHASE * random.unit()));
  }

  /** Starts the day's cases; their payments go on the schedule. */
  void start(Day day, int honestPayments) {
    SeededRandom random = new SeededRandom(seed, SeededRandom.Topic.CASES, day.index(), 0);
    plots.forEach(
        (kind, plot) -> {
          double share = change.share(kind, day.index());
          double left = credit.getOrDefault(kind, 0.0) + share * honestPayments;
          while (left > 0) {
            left -= plot.carryOut(day, random);
          }
          credit.put(kind, left);
        });
  }

  /** Watches the payments of a day that ended: later cases grow out of them. */
  void watch(Day day, List<SimulatedTransaction> payments) {
    SeededRandom random = new SeededRandom(seed, SeededRandom.Topic.CASES, day.index(), 1);
    int excess = compromise.watch(day, payments, random);
    credit.merge(PlantedKind.MERCHANT_COMPROMISE, (double) -excess, Double::sum);
  }
}
