package dev.tidegate.lab.bank;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A terminal or online merchant copies the cards that are used there for some days; a week later
 * several of them are abused together, partly at the same few merchants.
 */
final class CompromisePlot implements Plot {
  private static final int EXPECTED = 21;
  private static final int FEWEST_CARDS = 4;
  private static final int MOST_CARDS = 10;
  private static final int LONGEST_DAYS = 10;

  /** A place that copies cards. */
  private static final class Skimmer {
    private final String place;
    private final int sinceDay;
    private final int days;
    private final Set<Integer> customers = new LinkedHashSet<>();

    Skimmer(String place, int sinceDay, int days) {
      this.place = place;
      this.sinceDay = sinceDay;
      this.days = days;
    }

    boolean isDone(int day) {
      boolean enough = customers.size() >= FEWEST_CARDS && day >= sinceDay + days;
      return enough || customers.size() >= 2 * MOST_CARDS || day >= sinceDay + LONGEST_DAYS;
    }
  }

  private final PaymentDesk desk;
  private final MerchantCatalogue merchants;
  private final Cards cards;
  private final Cast cast;
  private final CaseBook book;
  private final Population population;
  private final List<Skimmer> skimmers = new ArrayList<>();
  private int wanted;

  CompromisePlot(Bank bank, Cast cast, CaseBook book) {
    desk = bank.desk();
    merchants = bank.merchants();
    cards = bank.cards();
    population = bank.population();
    this.cast = cast;
    this.book = book;
  }

  /** Asks for a place that copies cards; it is chosen among the places of the day's purchases. */
  @Override
  public int carryOut(Day day, SeededRandom random) {
    wanted++;
    return EXPECTED;
  }

  /**
   * Watches the payments of a day that ended.
   *
   * @return by how much the cases planned from now on exceed what {@link #carryOut} said
   */
  int watch(Day day, List<SimulatedTransaction> payments, SeededRandom random) {
    for (; wanted > 0 && !payments.isEmpty(); wanted--) {
      String place = null;
      while (place == null) {
        place = place(payments.get(random.below(payments.size())));
      }
      skimmers.add(new Skimmer(place, day.index(), random.range(1, 4)));
    }
    for (SimulatedTransaction payment : payments) {
      String place = payment.planted() == null ? place(payment) : null;
      for (Skimmer skimmer : skimmers) {
        if (skimmer.place.equals(place)) {
          skimmer.customers.add(customer(payment));
        }
      }
    }
    int excess = 0;
    for (Skimmer skimmer : skimmers) {
      excess += skimmer.isDone(day.index()) ? abuse(skimmer, day, random) - EXPECTED : 0;
    }
    skimmers.removeIf(skimmer -> skimmer.isDone(day.index()));
    return excess;
  }

  private int abuse(Skimmer skimmer, Day day, SeededRandom random) {
    List<Customer> victims = new ArrayList<>();
    for (int index : skimmer.customers) {
      Customer customer = population.customers().get(index);
      if (victims.size() < MOST_CARDS && cast.free(customer, day.index())) {
        victims.add(customer);
      }
    }
    if (victims.size() < FEWEST_CARDS) {
      return 0;
    }
    List<Merchant> favourites = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      favourites.add(favourite(victims.get(0), random));
    }
    long start = day.startMs() + Day.MS * random.range(2, 9);
    CardSpree spree = new CardSpree(desk, merchants);
    for (Customer victim : victims) {
      long time = start + Day.MS * random.below(2);
      time += HourProfile.EVENING.utcTime(random, victim.country());
      var plan =
          new CardSpree.Plan(
              victim, time, random.range(2, 4), 1.2, false, AccessPoints.stranger(random));
      spree.add(plan, favourites, random);
    }
    spree.carryOut(book.open(PlantedKind.MERCHANT_COMPROMISE, spree.size(), skimmer.place));
    int blocked = desk.day(spree.endMs()) + 1;
    for (Customer victim : victims) {
      cards.replaceOn(victim, blocked);
      cast.keep(victim, blocked + 20);
    }
    return spree.size();
  }

  private Merchant favourite(Customer near, SeededRandom random) {
    MerchantCategory category = MerchantCategory.resale(random);
    return random.chance(category.onlineShare())
        ? merchants.online(category, random)
        : merchants.in(near.country(), category, random);
  }

  private static @Nullable String place(SimulatedTransaction payment) {
    SimulatedTransaction.CardUse card = payment.card();
    if (card == null || card.merchantId() == null) {
      return null;
    }
    return card.terminalId() == null ? card.merchantId() : card.terminalId();
  }

  private static int customer(SimulatedTransaction payment) {
    String id = payment.payer().customerId();
    return id == null ? 0 : Integer.parseInt(id.substring(1));
  }
}
