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
  US("USD", 1.08, -5),
  // Money is sent there, and nobody shops there: the currency is that of trade.
  TR("USD", 1.08, 3),
  MA("USD", 1.08, 1),
  IN("USD", 1.08, 5),
  PH("USD", 1.08, 8),
  VN("USD", 1.08, 7),
  NG("USD", 1.08, 1),
  UA("USD", 1.08, 2),
  AE("USD", 1.08, 4),
  HK("USD", 1.08, 8),
  PA("USD", 1.08, -5),
  MM("USD", 1.08, 6),
  IR("USD", 1.08, 3),
  KP("USD", 1.08, 9);

  /** Where the bank has customers. */
  static final List<Country> HOMES = List.of(DE, FR, NL, IT, AT);

  /** Where customers travel to and send money to. */
  static final List<Country> ABROAD = List.of(ES, IE, GB, CH, PL, SE, US);

  /** Where there are shops. */
  static final List<Country> WITH_SHOPS = List.of(DE, FR, NL, IT, AT, ES, IE, GB, CH, PL, SE, US);

  /** Where migrants send money home to; Myanmar and Iran, as rarely as such customers are. */
  private static final List<Country> REMITTANCES = List.of(TR, MA, IN, PH, VN, NG, UA, MM, IR);

  /** Where goods and money change hands on the way to somewhere else. */
  private static final List<Country> HUBS = List.of(AE, TR, HK, PA);

  /** Under a call for action of the FATF. */
  static final List<Country> CALL_FOR_ACTION = List.of(IR, MM, KP);

  private static final double[] REMITTANCE_WEIGHTS =
      SeededRandom.cumulative(26, 16, 13, 12, 9, 9, 12, 2, 1);
  private static final double[] HUB_WEIGHTS = SeededRandom.cumulative(40, 30, 22, 8);
  private static final double[] ACTION_WEIGHTS = SeededRandom.cumulative(60, 35, 5);
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

  static Country remittance(SeededRandom random) {
    return REMITTANCES.get(random.weighted(REMITTANCE_WEIGHTS));
  }

  static Country hub(SeededRandom random) {
    return HUBS.get(random.weighted(HUB_WEIGHTS));
  }

  static Country callForAction(SeededRandom random) {
    return CALL_FOR_ACTION.get(random.weighted(ACTION_WEIGHTS));
  }
}
