package dev.tidegate.lab.bank;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * An account that money only passes through: a large sum comes in from outside and nearly all of it
 * leaves within a day, in one to five pieces to payees that serve the same purpose; some days later
 * again (FATF: Professional Money Laundering, 2018; FFIEC: BSA/AML Examination Manual, Appendix F).
 * Half of the accounts are of small companies.
 */
final class PassThroughPlot implements Plot {
  private static final double COMPANY = 0.5;
  private static final double ABROAD = 0.45;
  private static final long HOUR_MS = 3_600_000L;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;
  private final Mules mules;

  PassThroughPlot(Bank bank, Cast cast, CaseBook book, Mules mules) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
    this.mules = mules;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    CasePlan plan = new CasePlan(bank, day);
    Set<String> taken = new HashSet<>();
    Cast.Member hub = hub(day, taken, random);
    Customer holder = Objects.requireNonNull(hub.customer(), "a hub is a customer");
    cast.keep(holder, day.index() + 1);
    Party source = outsider(holder, random);
    int daysAhead = 0;
    for (int round = random.range(1, 3); round > 0; round--) {
      long time = plan.on(daysAhead, holder, random);
      double euro = random.logNormal(8_000, 0.8);
      plan.transfer(source, hub.party(), time, euro, Rails.incoming(random));
      pass(plan, hub, time, euro * random.between(0.92, 0.995), random);
      daysAhead += random.range(3, 10);
      source = random.chance(0.5) ? outsider(holder, random) : source;
    }
    cast.keep(holder, plan.lastDay() + 12);
    return plan.carryOut(book, PlantedKind.PASS_THROUGH);
  }

  private void pass(CasePlan plan, Cast.Member hub, long from, double euro, SeededRandom random) {
    Customer holder = Objects.requireNonNull(hub.customer(), "a hub is a customer");
    double left = euro;
    long time = from + (long) (Math.min(20, random.logNormal(3, 0.9)) * HOUR_MS);
    for (int open = random.range(1, 5); open > 0; open--) {
      double piece = open == 1 ? left : left / open * random.between(0.7, 1.3);
      left -= piece;
      plan.transfer(hub, outsider(holder, random), time, piece, random);
      time += (long) (Math.min(10, random.logNormal(0.5, 1.0)) * HOUR_MS);
    }
  }

  private Cast.Member hub(Day day, Set<String> taken, SeededRandom random) {
    if (!random.chance(COMPANY)) {
      return mules.recruit(day.index(), taken, random);
    }
    Cast.Member found = cast.ownMember(day.index(), taken, random);
    for (int i = 0; i < 20 && !isCompany(found); i++) {
      found = cast.ownMember(day.index(), taken, random);
    }
    return found;
  }

  private static boolean isCompany(Cast.Member member) {
    return member.customer() != null && member.customer().business();
  }

  private Party outsider(Customer holder, SeededRandom random) {
    Country where = random.chance(ABROAD) ? Country.abroad(random) : holder.country();
    return bank.population().outsider(where, random);
  }
}
