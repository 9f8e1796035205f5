package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;

/**
 * Honest tiny payments, which look like trials of a stolen card: parking and vending, the one unit
 * that a wallet or a new subscription takes to see whether the card works, and players who buy
 * small things one after the other.
 */
final class SmallPaymentHabit implements Habit {
  private static final double VENDING = 0.03;
  private static final double CARD_CHECK = 0.003;
  private static final int PLAYERS_OF = 20;
  private static final double PLAYING = 0.12;
  private static final double[] PRICES = {0.99, 0.99, 1.99, 2.99, 4.99, 9.99};
  private static final long MINUTE_MS = 60_000L;

  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final AccessPoints access;

  SmallPaymentHabit(PaymentDesk desk, MerchantCatalogue merchants, AccessPoints access) {
    this.desk = desk;
    this.merchants = merchants;
    this.access = access;
  }

  @Override
  public void live(Customer customer, Day day, SeededRandom random) {
    if (customer.business()) {
      return;
    }
    if (random.chance(VENDING)) {
      Merchant merchant = merchants.near(customer, MerchantCategory.TRANSPORT, random);
      long time = day.startMs() + HourProfile.SHOP.utcTime(random, customer.country());
      desk.purchase(customer, merchant, time, random.logNormal(1.9, 0.4), null, null);
    }
    if (random.chance(CARD_CHECK)) {
      online(customer, day, evening(customer, day, random), 1, random);
    }
    if (customer.index() % PLAYERS_OF == 7 && random.chance(PLAYING)) {
      long time = evening(customer, day, random);
      for (int i = random.range(1, 6); i > 0; i--) {
        online(customer, day, time, PRICES[random.below(PRICES.length)], random);
        time += (long) (random.logNormal(9, 0.9) * MINUTE_MS);
      }
    }
  }

  private void online(Customer customer, Day day, long time, double euro, SeededRandom random) {
    Merchant merchant = merchants.online(MerchantCategory.DIGITAL, random);
    Access from = access.own(customer, day.index(), random);
    desk.purchase(customer, merchant, time, euro, from, null);
  }

  private static long evening(Customer customer, Day day, SeededRandom random) {
    return day.startMs() + HourProfile.EVENING.utcTime(random, customer.country());
  }
}
