package dev.tidegate.lab.bank;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * An account of this bank collects what strangers were defrauded of, within days, and its holder
 * hands each sum on within hours, by transfer and as cash, less a share of a tenth or so (Europol:
 * European Money Mule Action; FinCEN FIN-2020-A003). Most of the victims bank elsewhere.
 */
final class MulePlot implements Plot {
  private static final double VICTIM_HERE = 0.3;
  private static final double IN_CASH = 0.35;
  private static final long MINUTE_MS = 60_000L;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;
  private final Mules mules;

  MulePlot(Bank bank, Cast cast, CaseBook book, Mules mules) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
    this.mules = mules;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    CasePlan plan = new CasePlan(bank, day);
    Set<String> taken = new HashSet<>();
    Cast.Member mule = mules.recruit(day.index(), taken, random);
    Customer holder = Objects.requireNonNull(mule.customer(), "a recruit is a customer");
    cast.keep(holder, day.index() + 1);
    Party onward = bank.population().outsider(onwards(holder, random), random);
    int days = random.range(1, 5);
    for (int i = random.range(3, 7); i > 0; i--) {
      Cast.Member victim = victim(holder, day, random);
      long time = plan.on(random.below(days), holder, random);
      double euro = random.logNormal(650, 0.9);
      euro = random.chance(0.6) ? 10 * Math.ceil(euro / 10) : euro;
      plan.transfer(victim, mule.party(), time, euro, random);
      handOn(plan, mule, onward, new Sum(time, euro * random.between(0.85, 0.97)), random);
      onward =
          random.chance(0.4) ? bank.population().outsider(onwards(holder, random), random) : onward;
    }
    cast.keep(holder, plan.lastDay() + 12);
    return plan.carryOut(book, PlantedKind.MULE);
  }

  private record Sum(long fromMs, double euro) {}

  private void handOn(CasePlan plan, Cast.Member mule, Party onward, Sum sum, SeededRandom random) {
    long time = sum.fromMs() + (long) (Math.min(2_000, random.logNormal(90, 1.1)) * MINUTE_MS);
    Customer holder = Objects.requireNonNull(mule.customer(), "a recruit is a customer");
    boolean card = mule.party().equals(holder.current());
    if (card && random.chance(IN_CASH)) {
      plan.cash(holder, time, Math.min(1_000, sum.euro()));
    } else {
      plan.transfer(mule, onward, time, sum.euro(), random);
    }
  }

  private Cast.Member victim(Customer holder, Day day, SeededRandom random) {
    if (!random.chance(VICTIM_HERE)) {
      return new Cast.Member(bank.population().outsider(holder.country(), random), null);
    }
    Customer victim = cast.person(day.index(), random);
    cast.keep(victim, day.index() + 15);
    return new Cast.Member(victim.current(), victim);
  }

  private static Country onwards(Customer holder, SeededRandom random) {
    return random.chance(0.45) ? Country.abroad(random) : holder.country();
  }
}
