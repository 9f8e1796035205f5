package dev.tidegate.lab.bank;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Money to countries under a call for action. Banks stop what says so, so most of it goes to front
 * companies at places of transit, in payments of several thousand over two weeks, by customers who
 * never traded there; a part names the country all the same (FATF: High-Risk Jurisdictions subject
 * to a Call for Action; FATF Guidance on Counter Proliferation Financing, 2018; Wolfsberg Group:
 * Financial Crime Principles for Correspondent Banking, 2022).
 */
final class CorridorPlot implements Plot {
  private static final double BY_NAME = 0.35;
  private static final double COMES_FROM_THERE = 0.2;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  CorridorPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    CasePlan plan = new CasePlan(bank, day);
    Cast.Member own = cast.ownMember(day.index(), new HashSet<>(Set.of()), random);
    Customer customer = Objects.requireNonNull(own.customer(), "an own member is a customer");
    Country where = random.chance(BY_NAME) ? Country.callForAction(random) : Country.hub(random);
    Party there = bank.population().outsider(where, random);
    int daysAhead = 0;
    for (int i = random.range(2, 5); i > 0; i--) {
      long time = plan.on(daysAhead, customer, random);
      double euro = random.logNormal(6_000, 0.8);
      euro = random.chance(0.6) ? 100 * Math.ceil(euro / 100) : euro;
      if (random.chance(COMES_FROM_THERE)) {
        plan.transfer(there, own.party(), time, euro, Rails.incoming(random));
      } else {
        plan.transfer(own, there, time, euro, random);
      }
      daysAhead += random.range(1, 5);
      there = random.chance(0.3) ? bank.population().outsider(where, random) : there;
    }
    cast.keep(customer, plan.lastDay() + 12);
    return plan.carryOut(book, PlantedKind.HIGH_RISK_CORRIDOR);
  }
}
