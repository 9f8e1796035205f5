package dev.tidegate.lab.bank;

import java.util.List;

/**
 * Somebody is told by telephone to pay with gift cards, buys them at large shops and reads out
 * their numbers (US Federal Trade Commission: Consumer Protection Data Spotlight, "Scammers prefer
 * gift cards", 2021). The holder pays with the own card, on the own device, at shops and hours like
 * any other purchase; what is unlike one is the sum: gift cards come in hundreds. Cards of the euro
 * area alone, where the sum is round in the card's currency too.
 */
final class GiftCardPlot implements Plot {
  private static final List<MerchantCategory> SELLERS =
      List.of(
          MerchantCategory.GROCERIES,
          MerchantCategory.PHARMACY,
          MerchantCategory.ELECTRONICS,
          MerchantCategory.DIGITAL);
  private static final double ONLINE = 0.4;
  private static final double HUNDRED = 100;
  private static final double[] SUMS = SeededRandom.cumulative(60, 30, 10);
  private static final long HOUR_MS = 3_600_000L;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  GiftCardPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer victim = cast.cardHolder(day.index(), random);
    CasePlan plan = new CasePlan(bank, day);
    long time = day.startMs() + HourProfile.SHOP.utcTime(random, victim.country());
    for (int i = random.range(1, 3); i > 0; i--) {
      double euro = HUNDRED * (1 + random.weighted(SUMS));
      plan.purchase(
          victim,
          shop(victim, random),
          time,
          euro,
          bank.access().own(victim, bank.desk().day(time), random));
      time += (long) (random.logNormal(5, 0.9) * HOUR_MS);
    }
    cast.keep(victim, plan.lastDay() + 15);
    return plan.carryOut(book, PlantedKind.GIFT_CARD_SCAM);
  }

  private Merchant shop(Customer victim, SeededRandom random) {
    MerchantCategory category = SELLERS.get(random.below(SELLERS.size()));
    if (category != MerchantCategory.DIGITAL && !random.chance(ONLINE)) {
      return bank.merchants().near(victim, category, random);
    }
    Merchant shop = bank.merchants().online(category, random);
    return shop.country().perEuro() == 1
        ? shop
        : bank.merchants().near(victim, MerchantCategory.GROCERIES, random);
  }
}
