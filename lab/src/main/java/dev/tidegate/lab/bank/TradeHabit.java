package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;

/**
 * What honest businesses pay beyond their daily invoices, and looks like a crime: large invoices,
 * some to new suppliers; a lease of several thousand each month; agents who receive for others and
 * pay out the next day; deposits and loans that come back; trade with far countries.
 */
final class TradeHabit implements Habit {
  private static final double LARGE_INVOICE = 0.03;
  private static final double LEASES = 0.25;
  private static final double AGENTS = 0.04;
  private static final double AGENCY = 0.12;
  private static final double COMES_BACK = 0.004;
  private static final double FAR_TRADERS = 0.03;
  private static final double FAR_TRADE = 0.06;
  private static final long HOUR_MS = 3_600_000L;

  private final PaymentDesk desk;
  private final Population population;
  private final Rails rails;
  private final SecondAccounts accounts;

  TradeHabit(Bank bank) {
    desk = bank.desk();
    population = bank.population();
    rails = bank.rails();
    accounts = bank.accounts();
  }

  @Override
  public void live(Customer business, Day day, SeededRandom random) {
    if (!business.business()) {
      return;
    }
    if (random.chance(LARGE_INVOICE * day.office())) {
      double euro = random.logNormal(4_000, 0.9);
      pay(business, supplier(business, random), time(business, day, random), euro, random);
    }
    if (accounts.share(business, 6) < LEASES && day.isMonthly(1 + business.index() % 28)) {
      double euro = 50 * Math.ceil((4_000 + 8_000 * accounts.share(business, 7)) / 50);
      Party lessor = population.contact(business, 0).current();
      pay(business, lessor, time(business, day, random), euro, random);
    }
    if (accounts.share(business, 8) < AGENTS && random.chance(AGENCY * day.office())) {
      payOut(business, day, random);
    }
    if (random.chance(COMES_BACK)) {
      comeBack(business, day, random);
    }
    if (accounts.share(business, 9) < FAR_TRADERS && random.chance(FAR_TRADE)) {
      SeededRandom fixed = accounts.fixed(business);
      Party partner = population.outsider(Country.hub(fixed), fixed);
      double euro = random.logNormal(3_000, 0.9);
      pay(business, partner, time(business, day, random), euro, random);
    }
  }

  private Party supplier(Customer business, SeededRandom random) {
    double which = random.unit();
    if (which < 0.6) {
      return population.contact(business, random).current();
    }
    if (which < 0.75) {
      return population.anyBusiness(business, random).current();
    }
    return which < 0.9
        ? population.outsider(business.country(), random)
        : population.outsider(Country.abroad(random), random);
  }

  /** An agent or notary: what came in for others leaves within a day or two, less a fee. */
  private void payOut(Customer agent, Day day, SeededRandom random) {
    long time = time(agent, day, random);
    double euro = random.logNormal(8_000, 0.7);
    Party client = population.outsider(agent.country(), random);
    desk.transfer(client, agent.current(), time, euro, Rails.incoming(random), null);
    int pieces = random.range(1, 6);
    double left = euro * random.between(0.93, 0.99);
    for (int open = pieces; open > 0; open--) {
      time += (long) (random.logNormal(8, 0.9) * HOUR_MS);
      double piece = open == 1 ? left : left / open * random.between(0.5, 1.4);
      left -= piece;
      Party payee =
          random.chance(0.5)
              ? population.stranger(agent, random).current()
              : population.outsider(agent.country(), random);
      pay(agent, payee, time, Math.max(1, piece), random);
    }
  }

  /** A deposit, a loan to a partner or goods sent back: the money returns some weeks later. */
  private void comeBack(Customer business, Day day, SeededRandom random) {
    double euro = random.logNormal(4_000, 0.9);
    long time = time(business, day, random);
    long later = time + random.range(4, 38) * Day.MS;
    double back = euro * (random.chance(0.5) ? 1 : random.between(0.7, 1.02));
    if (random.chance(0.5)) {
      Party abroad = population.foreignContact(business, random);
      pay(business, abroad, time, euro, random);
      desk.transfer(abroad, business.current(), later, back, Rails.incoming(random), null);
    } else {
      Customer partner = population.contact(business, random);
      pay(business, partner.current(), time, euro, random);
      pay(partner, business.current(), later, back, random);
    }
  }

  private void pay(Customer from, Party to, long time, double euro, SeededRandom random) {
    Rail rail = rails.own(from, desk.day(time), random);
    desk.transfer(from.current(), to, time, euro, rail, null);
  }

  private static long time(Customer business, Day day, SeededRandom random) {
    return day.startMs() + HourProfile.OFFICE.utcTime(random, business.country());
  }
}
