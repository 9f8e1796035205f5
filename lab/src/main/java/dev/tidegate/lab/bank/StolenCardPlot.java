package dev.tidegate.lab.bank;

import java.util.List;

/** A lost card, used at points of sale, or a copied number, used online as well. */
final class StolenCardPlot implements Plot {
  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final Cards cards;
  private final Cast cast;
  private final CaseBook book;

  StolenCardPlot(Bank bank, Cast cast, CaseBook book) {
    desk = bank.desk();
    merchants = bank.merchants();
    cards = bank.cards();
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer victim = cast.cardHolder(day.index(), random);
    HourProfile hours = random.chance(0.5) ? HourProfile.EVENING : HourProfile.SHOP;
    long start = day.startMs() + hours.utcTime(random, victim.country());
    double online = random.chance(0.6) ? 1.5 : 0.3;
    CardSpree spree = new CardSpree(desk, merchants);
    spree.add(
        new CardSpree.Plan(
            victim,
            start,
            random.range(3, 8),
            online,
            random.chance(0.2),
            AccessPoints.stranger(random)),
        List.of(),
        random);
    spree.carryOut(book.open(PlantedKind.STOLEN_CARD, spree.size(), ""));
    int blocked = desk.day(spree.endMs()) + 1;
    cards.replaceOn(victim, blocked);
    cast.keep(victim, blocked + 20);
    return spree.size();
  }
}
