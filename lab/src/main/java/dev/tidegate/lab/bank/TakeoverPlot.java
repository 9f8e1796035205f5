package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;
import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stranger in a customer's account, by a device of his own or by remote control of the
 * customer's: a trial, then transfers that empty it to one to three new payees, and purchases
 * online with the card on file. Payees are mules, here and at other banks (FFIEC 2021; Europol:
 * IOCTA 2023, of stolen credentials and of remote access).
 */
final class TakeoverPlot implements Plot {
  private static final long MINUTE_MS = 60_000L;
  private static final double PURCHASES = 0.35;
  private static final double REMOTE_CONTROL = 0.7;

  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final AccessPoints access;
  private final Cast cast;
  private final CaseBook book;
  private final Mules mules;

  TakeoverPlot(Bank bank, Cast cast, CaseBook book) {
    desk = bank.desk();
    merchants = bank.merchants();
    access = bank.access();
    this.cast = cast;
    this.book = book;
    mules = new Mules(bank, cast);
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    Customer victim =
        random.chance(0.9) ? cast.person(day.index(), random) : cast.customer(day.index(), random);
    cast.keep(victim, day.index() + 25);
    List<Party> payees = payees(victim, day, random);
    Access access =
        random.chance(REMOTE_CONTROL)
            ? this.access.own(victim, day.index(), random)
            : AccessPoints.stranger(random);
    int steps = random.range(5, 9);
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
      time += (long) (Math.min(600, random.logNormal(8, 0.9)) * MINUTE_MS);
    }
    return steps;
  }

  private List<Party> payees(Customer victim, Day day, SeededRandom random) {
    Set<String> taken = new HashSet<>(Set.of(victim.current().account()));
    List<Party> payees = new ArrayList<>();
    for (int i = random.range(1, 3); i > 0; i--) {
      Cast.Member mule = mules.payee(victim.country(), day.index(), taken, random);
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
