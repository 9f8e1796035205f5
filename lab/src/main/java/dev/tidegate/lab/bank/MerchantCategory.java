package dev.tidegate.lab.bank;

import java.util.List;

/** What a merchant sells: its price level, its hours and how much of it is sold online. */
enum MerchantCategory {
  GROCERIES("groceries", 27, 0.75, HourProfile.SHOP, 0.12),
  RESTAURANT("restaurant", 24, 0.65, HourProfile.EVENING, 0.25),
  TRANSPORT("transport", 9, 0.8, HourProfile.SHOP, 0.45),
  FUEL("fuel", 52, 0.4, HourProfile.SHOP, 0.0),
  CLOTHING("clothing", 58, 0.75, HourProfile.SHOP, 0.6),
  ELECTRONICS("electronics", 120, 1.0, HourProfile.EVENING, 0.6),
  PHARMACY("pharmacy", 17, 0.7, HourProfile.SHOP, 0.2),
  ENTERTAINMENT("entertainment", 28, 0.8, HourProfile.EVENING, 0.5),
  TRAVEL("travel", 190, 1.0, HourProfile.EVENING, 0.8),
  DIGITAL("digital_goods", 12, 0.9, HourProfile.EVENING, 1.0),
  HOUSEHOLD("household", 46, 0.9, HourProfile.SHOP, 0.45);

  static final List<MerchantCategory> ALL = List.of(values());

  private static final double[] EVERYDAY =
      SeededRandom.cumulative(30, 17, 11, 7, 7, 4, 5, 5, 3, 6, 5);
  private static final double[] RESALE =
      SeededRandom.cumulative(26, 14, 10, 7, 9, 7, 4, 6, 4, 8, 5);

  private final String code;
  private final double median;
  private final double spread;
  private final HourProfile hours;
  private final double onlineShare;

  MerchantCategory(
      String code, double median, double spread, HourProfile hours, double onlineShare) {
    this.code = code;
    this.median = median;
    this.spread = spread;
    this.hours = hours;
    this.onlineShare = onlineShare;
  }

  /** Name in the files. */
  String code() {
    return code;
  }

  HourProfile hours() {
    return hours;
  }

  /** Share of honest purchases made online. */
  double onlineShare() {
    return onlineShare;
  }

  /** Price of one purchase in euro, for a customer of spending level one. */
  double price(SeededRandom random) {
    return random.logNormal(median, spread);
  }

  /** What an honest customer buys. */
  static MerchantCategory everyday(SeededRandom random) {
    return ALL.get(random.weighted(EVERYDAY));
  }

  /** What a thief buys: what honest people buy, leaning to things that sell again. */
  static MerchantCategory resale(SeededRandom random) {
    return ALL.get(random.weighted(RESALE));
  }

  /** Weight of the category in honest shopping, a share of 1. */
  double share() {
    int at = ALL.indexOf(this);
    double before = at == 0 ? 0 : EVERYDAY[at - 1];
    return (EVERYDAY[at] - before) / EVERYDAY[EVERYDAY.length - 1];
  }
}
