package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;

/**
 * What happens to honest persons now and then and looks like a crime: used things bought from and
 * sold to strangers, a car or a kitchen, a gift within the family, an inheritance that is put away,
 * and, for migrants, money sent home each month.
 */
final class OccasionHabit implements Habit {
  private static final double SECOND_HAND = 0.012;
  private static final double SELLING = 0.002;
  private static final double LARGE = 0.0015;
  private static final double FAMILY = 0.0008;
  private static final double WINDFALL = 0.0006;
  private static final double MIGRANTS = 0.05;
  private static final double EMERGENCY = 0.006;

  private final PaymentDesk desk;
  private final Population population;
  private final Rails rails;
  private final SecondAccounts accounts;

  OccasionHabit(Bank bank) {
    desk = bank.desk();
    population = bank.population();
    rails = bank.rails();
    accounts = bank.accounts();
  }

  @Override
  public void live(Customer person, Day day, SeededRandom random) {
    if (person.business()) {
      return;
    }
    if (random.chance(SECOND_HAND)) {
      boolean dear = random.chance(0.1);
      double euro = round(random.logNormal(dear ? 900 : 60, 1.0), dear ? 50 : 5, random);
      pay(person, population.outsider(person.country(), random), day, euro, random);
    }
    if (random.chance(SELLING)) {
      sell(person, day, random);
    }
    if (random.chance(LARGE)) {
      buyLarge(person, day, random);
    }
    if (random.chance(FAMILY)) {
      double euro = round(random.logNormal(1_500, 0.9), 100, random);
      pay(person, population.contact(person, random).current(), day, euro, random);
    }
    if (random.chance(WINDFALL)) {
      receive(person, day, random);
    }
    sendHome(person, day, random);
  }

  /** Buyers that do not know each other pay within a week. */
  private void sell(Customer seller, Day day, SeededRandom random) {
    for (int i = random.range(3, 9); i > 0; i--) {
      long time = time(seller, day, random) + random.below(7) * Day.MS;
      double euro = round(random.logNormal(35, 0.9), 5, random);
      if (random.chance(0.7)) {
        Party buyer = population.outsider(seller.country(), random);
        desk.transfer(buyer, seller.current(), time, euro, Rails.incoming(random), null);
      } else {
        Customer buyer = population.stranger(seller, random);
        Rail rail = rails.own(buyer, desk.day(time), random);
        desk.transfer(buyer.current(), seller.current(), time, euro, rail, null);
      }
    }
  }

  private void buyLarge(Customer person, Day day, SeededRandom random) {
    double euro = round(random.logNormal(4_500, 0.8), 100, random);
    Party payee;
    if (random.chance(0.5)) {
      payee = population.anyBusiness(person, random).current();
    } else {
      Country where = random.chance(0.9) ? person.country() : Country.abroad(random);
      payee = population.outsider(where, random);
    }
    boolean split = random.chance(0.35);
    double first = split ? euro * random.between(0.1, 0.5) : euro;
    pay(person, payee, day, first, random);
    if (split) {
      long time = time(person, day, random) + random.range(1, 25) * Day.MS;
      Rail rail = rails.own(person, desk.day(time), random);
      desk.transfer(person.current(), payee, time, euro - first, rail, null);
    }
  }

  private void receive(Customer person, Day day, SeededRandom random) {
    long time = time(person, day, random);
    double euro = random.logNormal(7_000, 0.8);
    Party from = population.outsider(person.country(), random);
    desk.transfer(from, person.current(), time, euro, Rails.incoming(random), null);
    Party savings = person.savings();
    if (savings != null && random.chance(0.6)) {
      long later = time + (long) (random.logNormal(30, 0.9) * 3_600_000);
      Rail rail = rails.own(person, desk.day(later), random);
      double kept = round(euro * random.between(0.5, 1), 100, random);
      desk.transfer(person.current(), savings, later, Math.min(kept, euro), rail, null);
    }
  }

  /** World Bank: remittances of some hundred euro a month to the family, more in need. */
  private void sendHome(Customer person, Day day, SeededRandom random) {
    if (accounts.share(person, 5) >= MIGRANTS) {
      return;
    }
    boolean need = random.chance(EMERGENCY);
    if (need || day.isMonthly(1 + person.index() % 28)) {
      double euro = round(random.logNormal(need ? 700 : 220, 0.4), 10, random);
      pay(person, relative(person), day, euro, random);
    }
  }

  private Party relative(Customer person) {
    SeededRandom fixed = accounts.fixed(person);
    return population.outsider(Country.remittance(fixed), fixed);
  }

  private void pay(Customer from, Party to, Day day, double euro, SeededRandom random) {
    Rail rail = rails.own(from, day.index(), random);
    desk.transfer(from.current(), to, time(from, day, random), euro, rail, null);
  }

  private static long time(Customer person, Day day, SeededRandom random) {
    return day.startMs() + HourProfile.PAYMENT.utcTime(random, person.country());
  }

  /** Mostly a round amount, as people name them. */
  private static double round(double euro, int step, SeededRandom random) {
    return random.chance(0.7) ? step * Math.ceil(euro / step) : euro;
  }
}
