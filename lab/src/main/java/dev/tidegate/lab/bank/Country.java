package dev.tidegate.lab.bank;

import java.util.List;

/** A country of the simulated world: where customers live, travel, buy and send money. */
enum Country {
  DE("EUR", 1.0, 1),
  FR("EUR", 1.0, 1),
  NL("EUR", 1.0, 1),
  IT("EUR", 1.0, 1),
  AT("EUR", 1.0, 1),
  ES("EUR", 1.0, 1),
  IE("EUR", 1.0, 0),
  GB("GBP", 0.86, 0),
  CH("CHF", 0.95, 1),
  PL("PLN", 4.3, 1),
  SE("SEK", 11.3, 1),
  US("USD", 1.08, -5);

  /** Where the bank has customers. */
  static final List<Country> HOMES = List.of(DE, FR, NL, IT, AT);

  /** Where customers travel to and send money to. */
  static final List<Country> ABROAD = List.of(ES, IE, GB, CH, PL, SE, US);

  private static final double[] HOME_WEIGHTS = SeededRandom.cumulative(40, 20, 15, 15, 10);
  private static final double[] ABROAD_WEIGHTS = SeededRandom.cumulative(30, 8, 18, 12, 12, 8, 12);

  /** Cities in each country. */
  static final int CITIES = 3;

  private final String currency;
  private final double perEuro;
  private final int utcOffsetHours;

  Country(String currency, double perEuro, int utcOffsetHours) {
    this.currency = currency;
    this.perEuro = perEuro;
    this.utcOffsetHours = utcOffsetHours;
  }

  /** ISO 4217 code; every currency here has two decimals. */
  String currency() {
    return currency;
  }

  /** Units of the currency for one euro, fixed for all time. */
  double perEuro() {
    return perEuro;
  }

  /** Fixed offset from UTC in hours; there is no daylight saving in the simulated world. */
  int utcOffsetHours() {
    return utcOffsetHours;
  }

  static Country home(SeededRandom random) {
    return HOMES.get(random.weighted(HOME_WEIGHTS));
  }

  static Country abroad(SeededRandom random) {
    return ABROAD.get(random.weighted(ABROAD_WEIGHTS));
  }
}
