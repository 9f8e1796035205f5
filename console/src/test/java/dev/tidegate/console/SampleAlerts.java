package dev.tidegate.console;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Alerts that look like a bank's; the same seed gives the same alerts. */
public final class SampleAlerts {
  public static final List<String> FEATURES = ShippedFeatures.NAMES;
  private static final String[] MERCHANTS = {
    "Northfield Electronics",
    "Kiosk 114",
    "Aurora Travel",
    "Rue Verte",
    "Harbour Jewellers",
    "Lumen Digital Goods",
    "Petrol Sud 7",
    "Marktplatz Grocers",
    "Skyline Tickets"
  };
  private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "GBP", "GBP", "JPY", "KWD"};
  private static final String[] COUNTRIES = {"DE", "FR", "GB", "NL", "ES", "PT", "RO"};

  private final Random random;
  private final long endMs;

  public SampleAlerts(long seed, long endMs) {
    this.random = new Random(seed);
    this.endMs = endMs;
  }

  /** So many alerts, oldest first, the last one a few seconds before the end. */
  public List<Alert> take(int count) {
    List<Alert> alerts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long left = (long) count - i;
      alerts.add(alert(i, endMs - 7_000 - left * left * 4_000L - random.nextInt(3000)));
    }
    return alerts;
  }

  /** One alert by number, raised at a moment. */
  public Alert alert(int number, long createdAtMs) {
    Transaction payment = payment(number, createdAtMs - 40 - random.nextInt(400));
    double score = 0.985 + 0.015 * (1 - Math.pow(random.nextDouble(), 2));
    score = number % 3 == 0 ? 0.55 + 0.44 * random.nextDouble() : score;
    return Alert.newBuilder()
        .setAlertId(
            String.format(Locale.ROOT, "%08x%024x", number * 2654435761L & 0xffffffffL, number))
        .setLane(number % 11 == 4 ? Lane.AML : Lane.FRAUD)
        .setTransaction(payment)
        .setCreatedAtMs(createdAtMs)
        .setScore(score)
        .setThreshold(0.5125)
        .setOutcome(outcome(score))
        .setRelease("fraud-2026-02")
        .setFeatureDigest("ab".repeat(32))
        .setFeatureNames(FEATURES)
        .setFeatureValues(vector(payment))
        .setRules(List.of())
        .build();
  }

  private static Outcome outcome(double score) {
    if (score > 0.99) {
      return Outcome.DECLINE;
    }
    return score > 0.85 ? Outcome.HOLD : Outcome.STEP_UP;
  }

  private Transaction payment(int number, long timeMs) {
    boolean card = random.nextInt(10) < 7;
    String customer = String.format(Locale.ROOT, "C%05d", 10_000 + random.nextInt(24) * 37);
    String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
    Transaction.Builder payment =
        Transaction.newBuilder()
            .setTransactionId("T" + (40_000_000 + number * 913))
            .setEventTimeMs(timeMs)
            .setIngestedAtMs(timeMs + 20)
            .setSource("simulator")
            .setSourceOffset(120_000L + number * 911L)
            .setPayerAccount("A-" + customer.substring(1) + "-1")
            .setCustomerId(customer)
            .setCurrency(CURRENCIES[random.nextInt(CURRENCIES.length)])
            .setAmountMinor(2_500L + (long) (Math.exp(random.nextGaussian() * 1.1) * 42_000))
            .setDeviceId(String.format(Locale.ROOT, "D-%06x", random.nextInt(0xffffff)))
            .setIpAddress("203.0.113." + (1 + random.nextInt(250)))
            .setPayerCountry(COUNTRIES[number % 3])
            .setPayeeCountry(country);
    if (card) {
      payment
          .setChannel(random.nextBoolean() ? "card-present" : "e-commerce")
          .setCardToken(String.format(Locale.ROOT, "%032x", number * 7919L + 0xABCDEF12345L))
          .setCardBin("400000")
          .setCardLastFour(String.format(Locale.ROOT, "%04d", random.nextInt(10_000)))
          .setMerchantId(MERCHANTS[random.nextInt(MERCHANTS.length)])
          .setTerminalId("TERM-" + (100 + random.nextInt(800)))
          .setMerchantCategory("5732");
    } else {
      payment.setChannel("transfer").setPayeeAccount("A-" + (20_000 + random.nextInt(12)) + "-2");
    }
    return payment.build();
  }

  /** A value for each shipped feature: plausible alone, not computed from a history. */
  private List<Float> vector(Transaction payment) {
    double amount =
        payment.getAmountMinor()
            / Math.pow(10, Currency.getInstance(payment.getCurrency()).getDefaultFractionDigits());
    List<Float> values = new ArrayList<>();
    for (String name : FEATURES) {
      boolean named = !name.matches("(card|terminal|device)_.*") || payment.getCardToken() != null;
      values.add(named ? (float) value(name, amount) : Float.NaN);
    }
    return values;
  }

  private double value(String name, double amount) {
    if (name.equals("amount") || name.equals("base_amount")) {
      return amount;
    }
    if (name.contains("_per_") || name.matches(".*_(risk|share)_.*")) {
      return random.nextDouble() / (1 + random.nextInt(9));
    }
    if (name.matches("is_.*|.*_is_new_.*")) {
      return random.nextInt(2);
    }
    if (name.matches(".*_(time_since|first_seen).*")) {
      return Math.floor(Math.pow(10, 7 * random.nextDouble()));
    }
    if (name.matches(".*_(count|distinct|frauds)_.*")) {
      return random.nextInt(12);
    }
    if (name.startsWith("day_of_")) {
      return 1 + random.nextInt(7);
    }
    return name.matches(".*_(sum|mean|max|deviation)_.*")
        ? amount * (0.2 + 4 * random.nextDouble())
        : 1 + random.nextInt(600) / 100f;
  }
}
