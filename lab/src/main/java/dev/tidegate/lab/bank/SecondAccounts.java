package dev.tidegate.lab.bank;

/**
 * Accounts beside the current one. Some persons open one for their household while the bank lives;
 * some keep an old one that pays a premium each quarter and else sleeps; the rest have none, until
 * they are recruited as mules. All have numbers of one range. A function of seed, customer and day.
 */
final class SecondAccounts {
  /** What the account is for. */
  enum Use {
    NONE,
    HOUSEHOLD,
    QUIET
  }

  private static final int QUARTER_DAYS = 91;
  private static final int AWAKENING_DAYS = 800;
  private static final int OPENINGS_SINCE = -400;
  private static final int OPENINGS_UNTIL = 1_200;
  private static final double HOUSEHOLD_SHARE = 0.2;
  private static final double QUIET_SHARE = 0.15;

  private final long seed;

  SecondAccounts(SimulatorSettings settings) {
    seed = settings.seed();
  }

  Use use(Customer customer) {
    if (customer.business()) {
      return Use.NONE;
    }
    double at = share(customer, 0);
    if (at < HOUSEHOLD_SHARE) {
      return Use.HOUSEHOLD;
    }
    return at < HOUSEHOLD_SHARE + QUIET_SHARE ? Use.QUIET : Use.NONE;
  }

  /** Simulated day on which a household's account is opened; before the first day if negative. */
  int opensOn(Customer customer) {
    double span = OPENINGS_UNTIL - OPENINGS_SINCE;
    return OPENINGS_SINCE + (int) (span * share(customer, 1));
  }

  /** Days since the last premium of a quiet account; 0 on its day. */
  int daysSincePremium(Customer customer, int day) {
    return Math.floorMod(day - (int) (QUARTER_DAYS * share(customer, 2)), QUARTER_DAYS);
  }

  /** Days since the owner of a quiet account last took savings out of it; 0 on that day. */
  int daysSinceAwakening(Customer customer, int day) {
    return Math.floorMod(day - (int) (AWAKENING_DAYS * share(customer, 4)), AWAKENING_DAYS);
  }

  /** Numbers that are the same each time, for what is fixed about a customer. */
  SeededRandom fixed(Customer customer) {
    return new SeededRandom(seed, SeededRandom.Topic.ACCOUNT, customer.index(), 100);
  }

  /** A fixed number in [0, 1) of a customer. */
  double share(Customer customer, int which) {
    long key = SeededRandom.key(seed, SeededRandom.Topic.ACCOUNT, customer.index(), which);
    return (key >>> 11) * 0x1.0p-53;
  }
}
