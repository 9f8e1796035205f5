package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Abuse of one card: purchases above its owner's habit in short order, sometimes trials first. */
final class CardSpree {
  private static final long MINUTE_MS = 60_000L;

  /**
   * What a thief does with one card.
   *
   * @param victim whose card
   * @param startMs first use
   * @param uses how often
   * @param online factor on the share that honest customers buy online
   * @param slow whether over days instead of minutes
   * @param access the thief's device
   */
  record Plan(
      Customer victim, long startMs, int uses, double online, boolean slow, Access access) {}

  /** One use of a card; at a cash machine when there is no merchant. */
  private record Use(Plan plan, @Nullable Merchant merchant, long timeMs, double euro) {}

  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final List<Use> uses = new ArrayList<>();

  CardSpree(PaymentDesk desk, MerchantCatalogue merchants) {
    this.desk = desk;
    this.merchants = merchants;
  }

  /** Adds the abuse of one card to the spree. */
  void add(Plan plan, List<Merchant> favourites, SeededRandom random) {
    long time = plan.startMs();
    int trials = random.chance(0.4) ? random.range(1, 2) : 0;
    for (int i = 0; i < plan.uses(); i++) {
      uses.add(i < trials ? trial(plan, time, random) : use(plan, favourites, time, random));
      double gap = plan.slow() ? random.logNormal(540, 0.6) : random.logNormal(13, 0.9);
      time += (long) (Math.min(2000, gap) * MINUTE_MS);
    }
  }

  int size() {
    return uses.size();
  }

  /** Time of the last use. */
  long endMs() {
    return uses.stream().mapToLong(Use::timeMs).max().orElse(0);
  }

  /** Puts the whole spree on the schedule. */
  void carryOut(PlantedCase planted) {
    for (Use use : uses) {
      Customer victim = use.plan().victim();
      if (use.merchant() == null) {
        desk.cash(victim, victim.country(), use.timeMs(), use.euro(), planted);
      } else {
        desk.purchase(
            victim, use.merchant(), use.timeMs(), use.euro(), use.plan().access(), planted);
      }
    }
  }

  private Use trial(Plan plan, long time, SeededRandom random) {
    MerchantCategory category = MerchantCategory.everyday(random);
    return new Use(plan, shop(plan, category, random), time, random.logNormal(4, 0.8));
  }

  private Use use(Plan plan, List<Merchant> favourites, long time, SeededRandom random) {
    Customer victim = plan.victim();
    if (random.chance(0.06)) {
      double euro = random.logNormal(130, 0.6);
      return new Use(plan, null, time, euro);
    }
    MerchantCategory category = MerchantCategory.resale(random);
    Merchant merchant =
        !favourites.isEmpty() && random.chance(0.4)
            ? favourites.get(random.below(favourites.size()))
            : shop(plan, category, random);
    double raise = random.logNormal(1.9, 0.5);
    double euro =
        merchant.category().price(random) * merchant.priceLevel() * victim.spendLevel() * raise;
    return new Use(plan, merchant, time, euro);
  }

  private Merchant shop(Plan plan, MerchantCategory category, SeededRandom random) {
    if (random.chance(category.onlineShare() * plan.online())) {
      return merchants.online(category, random);
    }
    Country place = random.chance(0.12) ? Country.abroad(random) : plan.victim().country();
    return merchants.in(place, category, random);
  }
}
