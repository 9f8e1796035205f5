package dev.tidegate.lab.bank;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Business e-mail compromise: an invoice of several thousand is paid in office hours, in the
 * business's own way, to an account opened elsewhere or here that stands on a forged letter;
 * another follows before the true supplier asks where its money is (FBI Internet Crime Complaint
 * Center, PSA I-060923-PSA, 2023; FinCEN FIN-2019-A005; UK Finance: Annual Fraud Report 2024,
 * invoice and mandate scams).
 */
final class InvoicePlot implements Plot {
  private static final double AGAIN = 0.35;
  private static final double ABROAD = 0.35;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;
  private final Mules mules;

  InvoicePlot(Bank bank, Cast cast, CaseBook book, Mules mules) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
    this.mules = mules;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer business = business(day, random);
    CasePlan plan = new CasePlan(bank, day);
    Party payee = payee(business, day, random);
    Cast.Member payer = new Cast.Member(business.current(), business);
    int daysAhead = workday(day, 0);
    for (int i = random.chance(AGAIN) ? 2 : 1; i > 0; i--) {
      long time =
          day.startMs()
              + daysAhead * Day.MS
              + HourProfile.OFFICE.utcTime(random, business.country());
      plan.transfer(payer, payee, time, random.logNormal(9_000, 0.9), random);
      daysAhead = workday(day, daysAhead + random.range(3, 25));
    }
    cast.keep(business, plan.lastDay() + 20);
    return plan.carryOut(book, PlantedKind.INVOICE_REDIRECTION);
  }

  private Customer business(Day day, SeededRandom random) {
    List<Customer> all = bank.population().businesses();
    Customer found = all.get(random.below(all.size()));
    for (int i = 0; i < 60 && !cast.free(found, day.index()); i++) {
      found = all.get(random.below(all.size()));
    }
    return found;
  }

  private Party payee(Customer business, Day day, SeededRandom random) {
    if (random.chance(ABROAD)) {
      return bank.population().outsider(Country.abroad(random), random);
    }
    Set<String> taken = new HashSet<>(Set.of(business.current().account()));
    Cast.Member mule = mules.payee(business.country(), day.index(), taken, random);
    while (mule.customer() != null && mule.party().equals(mule.customer().current())) {
      mule = mules.payee(business.country(), day.index(), taken, random);
    }
    cast.keep(mule.customer(), day.index() + 30);
    return mule.party();
  }

  /** The first working day from then on. */
  private static int workday(Day day, int daysAhead) {
    int weekday = day.weekday().plus(daysAhead).getValue();
    return daysAhead + Math.max(0, weekday == 6 ? 2 : weekday == 7 ? 1 : 0);
  }
}
