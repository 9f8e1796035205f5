package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;
import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.HashSet;
import java.util.Set;

/**
 * An old account that did nothing but pay a premium each quarter was sold or taken over: money
 * comes in, mostly, and all of it is paid out within two days to new payees, by the new holder's
 * device or the old one's (FFIEC: BSA/AML Examination Manual, Appendix F; EBA/GL/2021/02). Its last
 * payment is at least five weeks back.
 */
final class DormantPlot implements Plot {
  /** Fewest days of sleep. */
  static final int ASLEEP_DAYS = 35;

  private static final int TRIES = 400;
  private static final double CREDITED = 0.6;
  private static final double NEW_HOLDER = 0.55;
  private static final long HOUR_MS = 3_600_000L;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;
  private final Mules mules;

  DormantPlot(Bank bank, Cast cast, CaseBook book, Mules mules) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
    this.mules = mules;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer owner = sleeper(day, random);
    Party account = bank.population().second(owner);
    CasePlan plan = new CasePlan(bank, day);
    long time = plan.on(0, owner, random);
    if (random.chance(CREDITED)) {
      Party source = bank.population().outsider(owner.country(), random);
      double euro = random.logNormal(5_000, 0.7);
      plan.transfer(source, account, time, euro, Rails.incoming(random));
      time += (long) (random.logNormal(4, 0.9) * HOUR_MS);
    }
    Access stranger = random.chance(NEW_HOLDER) ? AccessPoints.stranger(random) : null;
    Set<String> taken = new HashSet<>(Set.of(account.account()));
    for (int i = random.range(2, 5); i > 0; i--) {
      Cast.Member payee = mules.payee(owner.country(), day.index(), taken, random);
      cast.keep(payee.customer(), day.index() + 12);
      Rail rail = plan.rail(owner, time, random);
      Rail way = stranger == null ? rail : new Rail(rail.channel(), stranger);
      plan.transfer(account, payee.party(), time, random.logNormal(1_400, 0.7), way);
      time += (long) (Math.min(14, random.logNormal(2, 1.0)) * HOUR_MS);
    }
    cast.keep(owner, plan.lastDay() + 60);
    return plan.carryOut(book, PlantedKind.DORMANT_ACCOUNT);
  }

  private Customer sleeper(Day day, SeededRandom random) {
    Customer found = cast.person(day.index(), random);
    for (int i = 0; i < TRIES && !asleep(found, day.index()); i++) {
      found = cast.person(day.index(), random);
    }
    return found;
  }

  private boolean asleep(Customer customer, int day) {
    return bank.accounts().use(customer) == SecondAccounts.Use.QUIET
        && bank.accounts().daysSincePremium(customer, day) >= ASLEEP_DAYS
        && bank.accounts().daysSinceAwakening(customer, day) >= ASLEEP_DAYS;
  }
}
