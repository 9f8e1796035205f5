package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.ArrayList;
import java.util.List;

/**
 * A merchant opens, sells a little for some weeks as any young one does, then charges as much as it
 * can within two days and is gone before the complaints: either cards of its own circle, again and
 * again, or stolen numbers once or twice each (Wolfsberg Group: guidance on merchant acquiring,
 * 2009; FFIEC: BSA/AML Examination Manual, Third-Party Payment Processors). The weeks before are
 * honest payments; only the last two days are planted.
 */
final class BustOutPlot implements Plot {
  private static final double OWN_CARDS = 0.4;
  private static final double ONLINE = 0.7;
  private static final double SEEN_BEFORE = 0.8;
  private static final int TRIES = 40;

  private final Bank bank;
  private final Cast cast;
  private final CaseBook book;

  BustOutPlot(Bank bank, Cast cast, CaseBook book) {
    this.bank = bank;
    this.cast = cast;
    this.book = book;
  }

  @Override
  public int carryOut(Day day, SeededRandom random) {
    MerchantCategory category = MerchantCategory.resale(random);
    boolean online = random.chance(ONLINE) || category.onlineShare() == 1;
    Country country = Country.home(random);
    int number = random.below(Integer.MAX_VALUE);
    Merchant shop = bank.merchants().opened(category, country, online, number);
    int start = random.chance(SEEN_BEFORE) ? live(shop, day, random) : random.range(0, 3);
    CasePlan plan = new CasePlan(bank, day);
    boolean circle = random.chance(OWN_CARDS);
    int cards = circle ? random.range(3, 5) : random.range(10, 22);
    for (Customer card : holders(cards, shop, day, random)) {
      int uses = circle ? random.range(4, 7) : random.range(1, 2);
      for (int i = 0; i < uses; i++) {
        charge(plan, new Charge(card, shop, start, circle), day, random);
      }
      cast.keep(card, day.index() + start + 25);
    }
    return plan.carryOut(book, PlantedKind.MERCHANT_BUST_OUT);
  }

  private record Charge(Customer card, Merchant shop, int start, boolean circle) {}

  private void charge(CasePlan plan, Charge charge, Day day, SeededRandom random) {
    int daysAhead = charge.start() + random.below(2);
    long time =
        day.startMs()
            + daysAhead * Day.MS
            + charge.shop().category().hours().utcTime(random, charge.shop().country());
    Access access =
        charge.circle()
            ? bank.access().own(charge.card(), day.index() + daysAhead, random)
            : AccessPoints.stranger(random);
    double usual = charge.shop().category().price(random) * charge.shop().priceLevel();
    double euro = Math.max(random.logNormal(190, 0.6), 2.5 * usual);
    plan.purchase(charge.card(), charge.shop(), time, euro, access);
  }

  /** Weeks of small honest trade; returns the days until the end begins. */
  private int live(Merchant shop, Day day, SeededRandom random) {
    int weeks = random.range(10, 30);
    double liked = random.logNormal(0.6, 0.5);
    for (int ahead = 0; ahead < weeks; ahead++) {
      for (int i = random.poisson(Math.min(6, liked)); i > 0; i--) {
        NewShopHabit.visit(bank, shop, day.startMs() + ahead * Day.MS, random);
      }
    }
    return weeks;
  }

  private List<Customer> holders(int count, Merchant shop, Day day, SeededRandom random) {
    List<Customer> holders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Customer found = cast.person(day.index(), random);
      for (int t = 0; t < TRIES && !shop.online() && found.country() != shop.country(); t++) {
        found = cast.person(day.index(), random);
      }
      cast.keep(found, day.index() + 1);
      holders.add(found);
    }
    return holders;
  }
}
