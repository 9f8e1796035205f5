package dev.tidegate.scoring.library;

import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** A payment, features and a score from values by name; what is not given is missing. */
final class GivenRow {
  /** Monday, 1 January 2024, midnight UTC. */
  private static final long MONDAY_MS = 1_704_067_200_000L;

  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** Follow from other fields, so cannot be given. */
  private static final Set<String> DERIVED =
      Set.of(
          "round_amount",
          "cross_border",
          "has_card",
          "has_device",
          "has_ip",
          "has_merchant",
          "has_terminal",
          "has_payee_account");

  private final Transaction payment;
  private final float[] values;
  private final double score;

  private GivenRow(Transaction payment, float[] values, double score) {
    this.payment = payment;
    this.values = values;
    this.score = score;
  }

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException if a name or a value is wrong, in words
   */
  static GivenRow of(Map<String, String> given, RuleLanguage language) {
    float[] values = new float[language.features().size()];
    Arrays.fill(values, Float.NaN);
    double score = Double.NaN;
    for (Map.Entry<String, String> one : given.entrySet()) {
      String name = one.getKey();
      require(language.names().contains(name), "'" + name + "' is not known");
      require(!DERIVED.contains(name), "'" + name + "' follows from other fields; give those");
      int feature = language.features().indexOf(name);
      if (feature >= 0) {
        values[feature] = (float) number(name, one.getValue());
      } else if (name.equals(RuleLanguage.SCORE)) {
        score = number(name, one.getValue());
      }
    }
    return new GivenRow(payment(given), values, score);
  }

  Transaction payment() {
    return payment;
  }

  /** Features in the order of the language. */
  float[] values() {
    return values;
  }

  /** NaN where none is given. */
  double score() {
    return score;
  }

  private static Transaction payment(Map<String, String> given) {
    String currency = given.getOrDefault("currency", "EUR");
    long hour = (long) number("hour", given.getOrDefault("hour", "12"));
    long weekday = (long) number("weekday", given.getOrDefault("weekday", "2"));
    BigDecimal amount = new BigDecimal(given.getOrDefault("amount", "0"));
    return Transaction.newBuilder()
        .setTransactionId("given")
        .setEventTimeMs(MONDAY_MS + (weekday - 1) * DAY_MS + hour * HOUR_MS)
        .setIngestedAtMs(MONDAY_MS)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount(given.getOrDefault("account", "payer"))
        .setPayeeAccount(given.get("payee_account"))
        .setCustomerId(given.get("customer"))
        .setCardToken(given.get("card"))
        .setAmountMinor(
            amount
                .movePointRight(MajorUnits.digits(currency))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact())
        .setCurrency(currency)
        .setMerchantId(given.get("merchant"))
        .setTerminalId(given.get("terminal"))
        .setMerchantCategory(given.get("merchant_category"))
        .setDeviceId(given.get("device"))
        .setIpAddress(given.get("ip"))
        .setPayerCountry(given.get("payer_country"))
        .setPayeeCountry(given.get("payee_country"))
        .setChannel(given.get("channel"))
        .build();
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + name + "' must be a number, not '" + text + "'", e);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
