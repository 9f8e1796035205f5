package dev.tidegate.lab.bank;

/**
 * Goods that honest customers send back. About one euro in seven of retail sales is returned
 * (National Retail Federation and Appriss Retail: 2023 Consumer Returns in the Retail Industry:
 * 14.5 %), clothes bought over the network most; a few customers order to choose at home.
 */
final class Returns {
  private static final double MEDIAN_DAYS = 8;
  private static final double LONGEST_DAYS = 40;
  private static final int CHOOSERS_OF = 16;
  private static final double CHOOSERS_FACTOR = 2.5;

  private final PaymentDesk desk;

  Returns(PaymentDesk desk) {
    this.desk = desk;
  }

  /** Perhaps plans the refund of a purchase, whole or in part. */
  void afterwards(
      Customer customer, Merchant merchant, long timeMs, double euro, SeededRandom random) {
    boolean chooser = customer.index() % CHOOSERS_OF == 3;
    double share = share(merchant) * (chooser ? CHOOSERS_FACTOR : 1);
    if (!random.chance(share)) {
      return;
    }
    double days = Math.min(LONGEST_DAYS, random.logNormal(MEDIAN_DAYS, 0.7));
    double back = random.chance(0.7) ? euro : euro * random.between(0.2, 0.9);
    desk.refund(customer, merchant, timeMs + (long) (days * Day.MS), back, null);
  }

  private static double share(Merchant merchant) {
    return switch (merchant.category()) {
      case CLOTHING -> merchant.online() ? 0.25 : 0.1;
      case ELECTRONICS, HOUSEHOLD -> merchant.online() ? 0.12 : 0.07;
      case TRAVEL, ENTERTAINMENT -> 0.04;
      case GROCERIES, RESTAURANT, TRANSPORT, FUEL, PHARMACY, DIGITAL -> 0.003;
    };
  }
}
