package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;

/**
 * Honest life of second accounts: a household's account is opened, fed each month by two and pays
 * the household; a quiet one pays a premium each quarter, and now and then its owner takes savings
 * out of it, at once and much.
 */
final class SecondAccountHabit implements Habit {
  private static final double HOUSEHOLD_PAYMENTS = 0.2;

  private final PaymentDesk desk;
  private final Population population;
  private final Rails rails;
  private final SecondAccounts accounts;

  SecondAccountHabit(Bank bank) {
    desk = bank.desk();
    population = bank.population();
    rails = bank.rails();
    accounts = bank.accounts();
  }

  @Override
  public void live(Customer customer, Day day, SeededRandom random) {
    switch (accounts.use(customer)) {
      case HOUSEHOLD -> household(customer, day, random);
      case QUIET -> quiet(customer, day, random);
      case NONE -> {}
    }
  }

  private void household(Customer owner, Day day, SeededRandom random) {
    int age = day.index() - accounts.opensOn(owner);
    if (age < 0) {
      return;
    }
    Party account = population.second(owner);
    if (age == 0 || day.isMonthly(2 + owner.index() % 5)) {
      double euro = 50 * Math.ceil(owner.monthlyIncome() * random.between(0.1, 0.3) / 50);
      pay(owner, owner.current(), account, day, euro, random);
      Customer partner = population.contact(owner, 0);
      pay(partner, partner.current(), account, day, euro, random);
    }
    if (random.chance(HOUSEHOLD_PAYMENTS)) {
      Customer payee =
          random.chance(0.6)
              ? population.anyBusiness(owner, random)
              : population.contact(owner, random);
      pay(owner, account, payee.current(), day, random.logNormal(60, 0.9), random);
    }
  }

  private void quiet(Customer owner, Day day, SeededRandom random) {
    Party account = population.second(owner);
    if (accounts.daysSincePremium(owner, day.index()) == 0) {
      Party insurer = population.utility(owner, 2).current();
      double euro = 12 + 48 * accounts.share(owner, 3);
      desk.transfer(
          account,
          insurer,
          time(owner, day, random),
          euro,
          new Rail(Channel.DIRECT_DEBIT, null),
          null);
    }
    if (accounts.daysSinceAwakening(owner, day.index()) == 0) {
      double euro = 100 * Math.ceil(random.logNormal(1_500, 0.9) / 100);
      Party to = owner.current();
      if (random.chance(0.35)) {
        to = population.anyBusiness(owner, random).current();
      }
      pay(owner, account, to, day, euro, random);
      if (random.chance(0.3)) {
        Party outsider = population.outsider(owner.country(), random);
        pay(owner, account, outsider, day, random.logNormal(600, 0.9), random);
      }
    }
  }

  private void pay(Customer who, Party from, Party to, Day day, double euro, SeededRandom random) {
    Rail rail = rails.own(who, day.index(), random);
    desk.transfer(from, to, time(who, day, random), euro, rail, null);
  }

  private static long time(Customer who, Day day, SeededRandom random) {
    return day.startMs() + HourProfile.PAYMENT.utcTime(random, who.country());
  }
}
