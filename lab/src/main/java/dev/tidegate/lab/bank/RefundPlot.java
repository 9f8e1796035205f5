package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;

/**
 * Two forms (National Retail Federation and Appriss Retail: 2023 Consumer Returns in the Retail
 * Industry; Wolfsberg Group: guidance on card issuing and merchant acquiring, 2009). A customer who
 * claims again and again that nothing came, and is refunded in full for what was bought over the
 * network: the purchases are not planted, the refunds are. And staff who refund to a friend's card
 * what nobody bought, at one point of sale.
 */
final class RefundPlot implements Plot {
  private static final double CUSTOMER = 0.7;
  private static final double REFUND_DAYS = 6;
  private static final double LONGEST_DAYS = 20;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  RefundPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer who = cast.person(day.index(), random);
    CasePlan plan = new CasePlan(bank, day);
    if (random.chance(CUSTOMER)) {
      claim(who, day, plan, random);
    } else {
      collude(who, day, plan, random);
    }
    cast.keep(who, plan.lastDay() + 20);
    return plan.carryOut(book, PlantedKind.REFUND_ABUSE);
  }

  private void claim(Customer who, Day day, CasePlan plan, SeededRandom random) {
    int daysAhead = 0;
    for (int i = random.range(3, 8); i > 0; i--) {
      MerchantCategory category = MerchantCategory.resale(random);
      Merchant shop = bank.merchants().online(category, random);
      double euro = category.price(random) * shop.priceLevel() * random.between(1, 2.2);
      long time = plan.on(daysAhead, who, random);
      Access own = bank.access().own(who, day.index() + daysAhead, random);
      bank.desk().purchase(who, shop, time, euro, own, null);
      double days = Math.min(LONGEST_DAYS, random.logNormal(REFUND_DAYS, 0.5));
      plan.refund(who, shop, time + (long) (days * Day.MS), euro);
      daysAhead += random.range(0, 4);
    }
  }

  private void collude(Customer who, Day day, CasePlan plan, SeededRandom random) {
    MerchantCategory category = MerchantCategory.resale(random);
    Merchant shop = bank.merchants().in(who.country(), category, random);
    int daysAhead = 0;
    for (int i = random.range(3, 8); i > 0; i--) {
      long time =
          day.startMs() + daysAhead * Day.MS + HourProfile.SHOP.utcTime(random, who.country());
      plan.refund(who, shop, time, random.logNormal(95, 0.6));
      daysAhead += random.range(1, 5);
    }
  }
}
