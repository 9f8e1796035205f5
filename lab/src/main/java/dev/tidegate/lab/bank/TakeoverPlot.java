package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;
import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stranger's device in a customer's account: a trial or two, then transfers that empty it to one
 * to three new payees, and purchases online with the card on file.
 */
final class TakeoverPlot implements Plot {
  private static final long MINUTE_MS = 60_000L;
  private static final double PURCHASES = 0.35;

  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final Cast cast;
  private final CaseBook book;

  TakeoverPlot(Bank bank, Cast cast, CaseBook book) {
    desk = bank.desk();
    merchants = bank.merchants();
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer victim =
        random.chance(0.9)
            ? cast.cardHolder(day.index(), random)
            : cast.customer(day.index(), random);
    cast.keep(victim, day.index() + 25);
    List<Party> payees = payees(victim, day, random);
    Access access = AccessPoints.stranger(random);
    int steps = random.range(3, 7);
    PlantedCase planted = book.open(PlantedKind.ACCOUNT_TAKEOVER, steps, "");
    long time = day.startMs() + HourProfile.PAYMENT.utcTime(random, victim.country());
    double budget = budget(victim) * random.between(0.2, 1.0);
    for (int i = 0; i < steps; i++) {
      if (i > 0 && random.chance(PURCHASES)) {
        buy(victim, time, access, planted, random);
      } else {
        boolean trial = i == 0 && random.chance(0.6);
        double euro = trial ? random.logNormal(8, 0.8) : budget * random.between(0.03, 0.35);
        budget -= trial ? 0 : euro;
        Party payee = payees.get(random.below(payees.size()));
        Rail rail = new Rail(Rails.channel(false, random), access);
        desk.transfer(victim.current(), payee, time, Math.max(1, euro), rail, planted);
      }
      time += (long) (Math.min(600, random.logNormal(11, 1.0)) * MINUTE_MS);
    }
    return steps;
  }

  private List<Party> payees(Customer victim, Day day, SeededRandom random) {
    Set<String> taken = new HashSet<>(Set.of(victim.current().account()));
    List<Party> payees = new ArrayList<>();
    for (int i = random.range(1, 3); i > 0; i--) {
      Cast.Member mule = cast.member(day.index(), taken, random);
      cast.keep(mule.customer(), day.index() + 10);
      payees.add(mule.party());
    }
    return payees;
  }

  private void buy(
      Customer victim, long time, Access access, PlantedCase planted, SeededRandom random) {
    Merchant merchant = merchants.online(MerchantCategory.resale(random), random);
    double euro = merchant.category().price(random) * victim.spendLevel();
    desk.purchase(victim, merchant, time, euro * random.between(1, 2.5), access, planted);
  }

  private static double budget(Customer victim) {
    return victim.business() ? 2500 * victim.spendLevel() : victim.monthlyIncome();
  }
}
