package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;

/**
 * What returns every month: pay (a fan-out of every employer), rent (a fan-in of every landlord),
 * household bills, subscriptions, savings and club fees.
 */
final class HouseholdHabit implements Habit {
  private static final double TENANTS = 0.55;
  private static final double SAVERS = 0.7;
  private static final int BILLS = 3;

  private final PaymentDesk desk;
  private final Population population;
  private final MerchantCatalogue merchants;
  private final AccessPoints access;

  HouseholdHabit(
      PaymentDesk desk, Population population, MerchantCatalogue merchants, AccessPoints access) {
    this.desk = desk;
    this.population = population;
    this.merchants = merchants;
    this.access = access;
  }

  @Override
  public void live(Customer customer, Day day, SeededRandom random) {
    if (customer.business()) {
      return;
    }
    if (day.isMonthly(population.salaryDay(customer))) {
      double pay = customer.monthlyIncome() * random.between(0.97, 1.03);
      pay(population.employer(customer), customer, day, pay, random);
    }
    if (day.isMonthly(1 + customer.index() % 4) && share(customer, 3) < TENANTS) {
      double rent = Math.round(customer.monthlyIncome() * between(customer, 4, 0.22, 0.38));
      pay(customer, population.landlord(customer), day, rent, random);
    }
    if (day.isMonthly(5 + customer.index() % 6) && share(customer, 5) < 0.35) {
      double fee = 5 * (2 + customer.index() % 7);
      pay(customer, population.treasurer(customer), day, fee, random);
    }
    bills(customer, day, random);
    subscriptions(customer, day, random);
    save(customer, day, random);
  }

  private void pay(Customer from, Customer to, Day day, double euro, SeededRandom random) {
    if (from.index() == to.index()) {
      return;
    }
    Rail rail =
        new Rail(
            random.chance(0.85) ? Channel.TRANSFER : Channel.INSTANT,
            access.own(from, day.index(), random));
    desk.transfer(from.current(), to.current(), morning(from, day, random), euro, rail, null);
  }

  private void bills(Customer customer, Day day, SeededRandom random) {
    for (int bill = 0; bill < BILLS; bill++) {
      if (day.isMonthly(1 + (customer.index() * 5 + bill * 9) % 28)) {
        double euro = between(customer, 10 + bill, 18, 140) * random.between(0.95, 1.05);
        Customer company = population.utility(customer, bill);
        Rail rail = new Rail(Channel.DIRECT_DEBIT, null);
        long time = morning(customer, day, random);
        desk.transfer(customer.current(), company.current(), time, euro, rail, null);
      }
    }
  }

  private void subscriptions(Customer customer, Day day, SeededRandom random) {
    int count = (int) (share(customer, 20) * 4);
    for (int i = 0; i < count; i++) {
      if (day.isMonthly(1 + (customer.index() * 3 + i * 11) % 28)) {
        Merchant merchant = merchants.online(MerchantCategory.DIGITAL, random);
        double euro = 0.99 + Math.floor(between(customer, 21 + i, 4, 20));
        long time = morning(customer, day, random);
        desk.purchase(
            customer, merchant, time, euro, access.own(customer, day.index(), random), null);
      }
    }
  }

  private void save(Customer customer, Day day, SeededRandom random) {
    Party savings = customer.savings();
    boolean due = day.isMonthly(population.salaryDay(customer) % 28 + 1);
    if (savings != null && due && share(customer, 6) < SAVERS) {
      double euro = 25 * Math.ceil(customer.monthlyIncome() * random.between(0.01, 0.1) / 25);
      Rail rail = new Rail(Channel.TRANSFER, access.own(customer, day.index(), random));
      long time = morning(customer, day, random);
      desk.transfer(customer.current(), savings, time, euro, rail, null);
    }
  }

  private static long morning(Customer customer, Day day, SeededRandom random) {
    return day.startMs() + HourProfile.BATCH.utcTime(random, customer.country());
  }

  /** A fixed number in [0, 1) of a customer. */
  private static double share(Customer customer, int which) {
    long key = SeededRandom.key(customer.index(), SeededRandom.Topic.TIES, which, 77);
    return (key >>> 11) * 0x1.0p-53;
  }

  private static double between(Customer customer, int which, double low, double high) {
    return low + (high - low) * share(customer, which);
  }
}
