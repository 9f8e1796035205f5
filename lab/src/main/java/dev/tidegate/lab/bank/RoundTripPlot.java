package dev.tidegate.lab.bank;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A company's own money leaves as payment for goods or services and comes back as a loan, an
 * investment or another trade: over accounts abroad, of which the bank sees the first and the last
 * leg, or round two or three companies of the circle that bank here; the amount hardly changes, and
 * days or weeks pass (FATF and Egmont Group: Trade-Based Money Laundering: Risk Indicators, 2021;
 * FATF: Professional Money Laundering, 2018).
 */
final class RoundTripPlot implements Plot {
  private static final double BY_ABROAD = 0.6;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  RoundTripPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    CasePlan plan = new CasePlan(bank, day);
    Set<String> taken = new HashSet<>();
    Cast.Member company = company(day, taken, random);
    if (random.chance(BY_ABROAD)) {
      byAbroad(plan, company, random);
    } else {
      inCircle(plan, company, day, taken, random);
    }
    cast.keep(company.customer(), plan.lastDay() + 12);
    return plan.carryOut(book, PlantedKind.ROUND_TRIP);
  }

  private void byAbroad(CasePlan plan, Cast.Member company, SeededRandom random) {
    Customer customer = customer(company);
    Party out = bank.population().outsider(far(random), random);
    Party back = bank.population().outsider(far(random), random);
    int daysAhead = 0;
    for (int round = random.range(1, 2); round > 0; round--) {
      double euro = amount(random);
      plan.transfer(company, out, plan.on(daysAhead, customer, random), euro, random);
      daysAhead += random.range(3, 15);
      double returned = euro * random.between(0.94, 0.995);
      long time = plan.on(daysAhead, customer, random);
      plan.transfer(back, company.party(), time, returned, Rails.incoming(random));
      daysAhead += random.range(1, 5);
    }
  }

  private void inCircle(
      CasePlan plan, Cast.Member company, Day day, Set<String> taken, SeededRandom random) {
    List<Cast.Member> circle = new java.util.ArrayList<>(List.of(company));
    for (int i = random.range(2, 3); i > 0; i--) {
      circle.add(company(day, taken, random));
    }
    double euro = amount(random);
    int daysAhead = 0;
    for (int i = 0; i < circle.size(); i++) {
      Cast.Member from = circle.get(i);
      Party to = circle.get((i + 1) % circle.size()).party();
      plan.transfer(from, to, plan.on(daysAhead, customer(from), random), euro, random);
      euro *= random.between(0.96, 1);
      daysAhead += random.range(1, 6);
    }
    circle.forEach(member -> cast.keep(member.customer(), plan.lastDay() + 12));
  }

  private Cast.Member company(Day day, Set<String> taken, SeededRandom random) {
    List<Customer> all = bank.population().businesses();
    Customer found = all.get(random.below(all.size()));
    for (int i = 0; i < 60; i++) {
      if (cast.free(found, day.index()) && taken.add(found.current().account())) {
        break;
      }
      found = all.get(random.below(all.size()));
    }
    return new Cast.Member(found.current(), found);
  }

  private static Country far(SeededRandom random) {
    return random.chance(0.5) ? Country.hub(random) : Country.abroad(random);
  }

  private static double amount(SeededRandom random) {
    return random.logNormal(12_000, 0.7);
  }

  private static Customer customer(Cast.Member own) {
    return Objects.requireNonNull(own.customer(), "a company is a customer");
  }
}
