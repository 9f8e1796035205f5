package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.List;

/**
 * Honest merchants that open while the bank lives: some begin with a sale that everybody comes to,
 * some hold one later. A business customer's existence is what they hang on; the money goes to the
 * merchant's own bank.
 */
final class NewShopHabit implements Habit {
  private static final double OPENING = 0.0012;
  private static final int DAYS = 42;
  private static final int TRIES = 40;

  private final Bank bank;

  NewShopHabit(Bank bank) {
    this.bank = bank;
  }

  @Override
  public void live(Customer owner, Day day, SeededRandom random) {
    if (!owner.business() || !random.chance(OPENING)) {
      return;
    }
    Merchant shop = open(bank, owner.country(), random);
    int sale = random.chance(0.5) ? 0 : random.range(5, DAYS - 3);
    boolean holdsSale = random.chance(0.6);
    double liked = random.logNormal(0.5, 0.6);
    for (int ahead = 0; ahead < DAYS; ahead++) {
      boolean onSale = holdsSale && ahead >= sale && ahead < sale + 2;
      int visits = random.poisson(Math.min(15, onSale ? 8 : liked));
      for (int i = 0; i < visits; i++) {
        visit(bank, shop, day.startMs() + ahead * Day.MS, random);
      }
    }
  }

  /** A merchant of some category, as often online as honest shopping is. */
  static Merchant open(Bank bank, Country country, SeededRandom random) {
    MerchantCategory category = MerchantCategory.resale(random);
    boolean online = random.chance(category.onlineShare());
    return bank.merchants().opened(category, country, online, random.below(Integer.MAX_VALUE));
  }

  /** One honest purchase by anybody, on the day that begins at the given time. */
  static void visit(Bank bank, Merchant shop, long dayMs, SeededRandom random) {
    Customer customer = visitor(bank, shop, random);
    long time = dayMs + shop.category().hours().utcTime(random, shop.country());
    double euro = shop.category().price(random) * shop.priceLevel() * customer.spendLevel();
    Access from = bank.access().own(customer, bank.desk().day(time), random);
    bank.desk().purchase(customer, shop, time, euro, from, null);
  }

  /** Anybody; to a point of sale only people of the country go. */
  private static Customer visitor(Bank bank, Merchant shop, SeededRandom random) {
    List<Customer> persons = bank.population().persons();
    Customer found = persons.get(random.below(persons.size()));
    for (int i = 0; i < TRIES && !shop.online() && found.country() != shop.country(); i++) {
      found = persons.get(random.below(persons.size()));
    }
    return found;
  }
}
