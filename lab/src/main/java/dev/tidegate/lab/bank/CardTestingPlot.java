package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody runs a list of stolen card numbers by a program: small payments at one online merchant,
 * a card every few seconds or minutes, one or two tries each; some of the cards that live are used
 * for goods within a day (Visa: Anti-Enumeration and Account Testing Best Practices for Merchants;
 * Bolton and Hand 2002). A bank sees its own cards of the list only.
 */
final class CardTestingPlot implements Plot {
  private static final double LIVE = 0.4;
  private static final double SAME_DEVICE = 0.5;
  private static final long SECOND_MS = 1_000L;
  private static final long HOUR_MS = 3_600_000L;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  CardTestingPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    CasePlan plan = new CasePlan(bank, day);
    MerchantCategory sells =
        random.chance(0.6) ? MerchantCategory.DIGITAL : MerchantCategory.everyday(random);
    Merchant tried = bank.merchants().online(sells, random);
    List<Customer> victims = new ArrayList<>();
    for (int i = random.range(6, 12); i > 0; i--) {
      Customer victim = cast.person(day.index(), random);
      cast.keep(victim, day.index() + 25);
      victims.add(victim);
    }
    Access program = AccessPoints.stranger(random);
    boolean oneDevice = random.chance(SAME_DEVICE);
    long time = day.startMs() + (long) (random.unit() * Day.MS);
    for (Customer victim : victims) {
      Access access = oneDevice ? program : AccessPoints.stranger(random);
      for (int tries = random.chance(0.35) ? 2 : 1; tries > 0; tries--) {
        plan.purchase(victim, tried, time, random.logNormal(1.2, 0.45), access);
        time += (long) (random.logNormal(35, 1.0) * SECOND_MS);
      }
      if (random.chance(LIVE)) {
        use(plan, victim, time, random);
      }
    }
    for (Customer victim : victims) {
      bank.cards().replaceOn(victim, plan.lastDay() + 1);
    }
    return plan.carryOut(book, PlantedKind.CARD_TESTING);
  }

  private void use(CasePlan plan, Customer victim, long tested, SeededRandom random) {
    long time = tested + (long) (random.between(0.5, 20) * HOUR_MS);
    Access thief = AccessPoints.stranger(random);
    for (int i = random.range(1, 3); i > 0; i--) {
      MerchantCategory category = MerchantCategory.resale(random);
      Merchant shop = bank.merchants().online(category, random);
      double euro = category.price(random) * shop.priceLevel() * random.logNormal(3, 0.5);
      plan.purchase(victim, shop, time, euro, thief);
      time += (long) (random.logNormal(0.3, 0.9) * HOUR_MS);
    }
  }
}
