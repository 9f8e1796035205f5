package dev.tidegate.lab.bank;

import java.util.HashSet;
import java.util.Set;

/**
 * A person is talked into paying, and does so from the usual device. Kinds, how frequent they are
 * and what a case costs follow UK Finance: Annual Fraud Report 2024 (232,429 cases in 2023: 67 %
 * purchase scams of 549 pounds on average, 4 % investment scams of 10,542, 2 % romance scams of
 * 8,774; advance fees and impersonation make most of the rest). Romance and investment take many
 * payments over weeks, impersonation several within hours.
 */
final class ScamPlot implements Plot {
  private static final double[] KINDS = SeededRandom.cumulative(67, 14, 12, 4.5, 2);
  private static final double MEDIAN_INCOME = 2_300;
  private static final int WEEKS = 40;
  private static final long HOUR_MS = 3_600_000L;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;
  private final Mules mules;

  ScamPlot(Bank bank, Cast cast, CaseBook book, Mules mules) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
    this.mules = mules;
  }

  /** A case while it is planned. */
  private record Scam(CasePlan plan, Day day, Cast.Member victim, SeededRandom random) {
    double means() {
      Customer customer = victim.customer();
      return customer == null ? 1 : 0.4 + 0.6 * customer.monthlyIncome() / MEDIAN_INCOME;
    }
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer person = cast.person(day.index(), random);
    CasePlan plan = new CasePlan(bank, day);
    Cast.Member victim = new Cast.Member(person.current(), person);
    Scam scam = new Scam(plan, day, victim, random);
    long time = plan.on(0, person, random);
    switch (random.weighted(KINDS)) {
      case 0 -> purchase(scam, time);
      case 1 -> advanceFee(scam, time);
      case 2 -> impersonation(scam, time);
      case 3 -> investment(scam, person);
      default -> romance(scam, person);
    }
    cast.keep(person, plan.lastDay() + 15);
    return plan.carryOut(book, PlantedKind.APP_SCAM);
  }

  private void purchase(Scam scam, long time) {
    SeededRandom random = scam.random();
    Party payee = payee(scam);
    pay(scam, payee, time, named(random.logNormal(280, 1.1) * scam.means(), 5, random));
    if (random.chance(0.15)) {
      long later = time + (long) (random.logNormal(20, 0.8) * HOUR_MS);
      pay(scam, payee, later, named(random.logNormal(90, 0.8), 5, random));
    }
  }

  private void advanceFee(Scam scam, long time) {
    SeededRandom random = scam.random();
    Party payee = payee(scam);
    long at = time;
    for (int i = random.range(1, 3); i > 0; i--) {
      pay(scam, payee, at, named(random.logNormal(350, 0.9) * scam.means(), 10, random));
      at += (long) (random.logNormal(40, 0.8) * HOUR_MS);
    }
  }

  private void impersonation(Scam scam, long time) {
    SeededRandom random = scam.random();
    double sum = random.logNormal(3_000, 0.9) * scam.means();
    int payments = random.range(1, 4);
    Party payee = payee(scam);
    long at = time;
    for (int i = 0; i < payments; i++) {
      pay(scam, payee, at, named(sum / payments * random.between(0.7, 1.3), 50, random));
      at += (long) (random.logNormal(0.5, 0.8) * HOUR_MS);
      payee = random.chance(0.3) ? payee(scam) : payee;
    }
  }

  private void investment(Scam scam, Customer person) {
    SeededRandom random = scam.random();
    double euro = named(random.logNormal(600, 0.7) * scam.means(), 50, random);
    Party payee = payee(scam);
    int daysAhead = 0;
    for (int i = random.range(3, 6); i > 0 && daysAhead < WEEKS; i--) {
      pay(scam, payee, scam.plan().on(daysAhead, person, random), euro);
      euro = named(euro * random.between(1.2, 2.6), 100, random);
      daysAhead += random.range(2, 9);
    }
  }

  private void romance(Scam scam, Customer person) {
    SeededRandom random = scam.random();
    double usual = random.logNormal(700, 0.7) * scam.means();
    Party payee = payee(scam);
    int daysAhead = 0;
    for (int i = random.range(5, 11); i > 0 && daysAhead < WEEKS; i--) {
      double euro = named(usual * random.between(0.4, 1.8), 50, random);
      pay(scam, payee, scam.plan().on(daysAhead, person, random), euro);
      daysAhead += random.range(1, 7);
    }
  }

  private Party payee(Scam scam) {
    Set<String> taken = new HashSet<>(Set.of(scam.victim().party().account()));
    Country home = scam.victim().party().country();
    Cast.Member mule = mules.payee(home, scam.day().index(), taken, scam.random());
    cast.keep(mule.customer(), scam.day().index() + 20);
    return mule.party();
  }

  private static void pay(Scam scam, Party to, long time, double euro) {
    scam.plan().transfer(scam.victim(), to, time, Math.max(5, euro), scam.random());
  }

  /** An amount that somebody names: mostly round. */
  private static double named(double euro, int step, SeededRandom random) {
    return random.chance(0.7) ? step * Math.ceil(euro / step) : euro;
  }
}
