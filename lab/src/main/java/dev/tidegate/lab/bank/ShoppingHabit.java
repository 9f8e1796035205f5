package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;

/**
 * Cards: everyday purchases, journeys, the occasional large purchase, an afternoon of shopping, and
 * cash. Some of it looks like a stolen card and is not.
 */
final class ShoppingHabit implements Habit {
  private static final double LARGE_PURCHASE = 0.008;
  private static final double SHOPPING_SPREE = 0.0012;
  private static final double CASH = 0.1;
  private static final long MINUTE_MS = 60_000L;

  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final AccessPoints access;
  private final Returns returns;

  ShoppingHabit(PaymentDesk desk, MerchantCatalogue merchants, AccessPoints access) {
    this.desk = desk;
    this.merchants = merchants;
    this.access = access;
    returns = new Returns(desk);
  }

  @Override
  public void live(Customer customer, Day day, SeededRandom random) {
    Country journey = access.journey(customer, day.index());
    Country place = journey == null ? customer.country() : journey;
    double eager = journey == null ? 1 : 1.4;
    int purchases = random.poisson(customer.cardsPerDay() * day.shopping() * eager);
    for (int i = 0; i < purchases; i++) {
      MerchantCategory category = MerchantCategory.everyday(random);
      long time = day.startMs() + timeOfDay(customer, category, place, random);
      double factor = random.chance(LARGE_PURCHASE) ? random.between(3, 9) : 1;
      buy(new Errand(customer, day, place, category), time, factor, random);
    }
    if (random.chance(SHOPPING_SPREE)) {
      spree(customer, day, place, random);
    }
    if (random.chance(customer.business() ? CASH / 4 : CASH)) {
      long time = day.startMs() + HourProfile.SHOP.utcTime(random, place);
      desk.cash(customer, place, time, random.logNormal(80, 0.7), null);
    }
  }

  private record Errand(Customer customer, Day day, Country place, MerchantCategory category) {}

  private void buy(Errand errand, long time, double factor, SeededRandom random) {
    Customer customer = errand.customer();
    Merchant merchant = merchant(errand, random);
    double euro =
        errand.category().price(random) * customer.spendLevel() * merchant.priceLevel() * factor;
    Access from = access.own(customer, errand.day().index(), random);
    desk.purchase(customer, merchant, time, euro, from, null);
    returns.afterwards(customer, merchant, time, euro, random);
  }

  private Merchant merchant(Errand errand, SeededRandom random) {
    if (random.chance(errand.category().onlineShare())) {
      return merchants.online(errand.category(), random);
    }
    return errand.place() == errand.customer().country()
        ? merchants.near(errand.customer(), errand.category(), random)
        : merchants.in(errand.place(), errand.category(), random);
  }

  private void spree(Customer customer, Day day, Country place, SeededRandom random) {
    long time = day.startMs() + timeOfDay(customer, MerchantCategory.CLOTHING, place, random);
    int purchases = random.range(3, 7);
    for (int i = 0; i < purchases; i++) {
      Errand errand = new Errand(customer, day, place, MerchantCategory.resale(random));
      buy(errand, time, random.between(0.7, 2.2), random);
      time += (long) (random.logNormal(14, 0.8) * MINUTE_MS);
    }
  }

  private static long timeOfDay(
      Customer customer, MerchantCategory category, Country place, SeededRandom random) {
    long time = category.hours().utcTime(random, place);
    boolean shifted = customer.nightShopper() && random.chance(0.6);
    return shifted ? (time + Day.MS / 3) % Day.MS : time;
  }
}
