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
  public static final List<String> FEATURES = featureNames();
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

  private List<Float> vector(Transaction payment) {
    List<Float> values = new ArrayList<>();
    double amount =
        payment.getAmountMinor()
            / Math.pow(10, Currency.getInstance(payment.getCurrency()).getDefaultFractionDigits());
    for (int entity = 0; entity < 2; entity++) {
      double count = 1 + random.nextInt(3);
      for (int window = 0; window < 4; window++) {
        double share = window == 0 ? 1 : 0.15 + 0.5 / (window + 1) * random.nextDouble();
        values.add((float) Math.floor(count));
        values.add((float) (count == 1 ? amount : amount * share));
        values.add((float) amount);
        count = count * (2.4 + random.nextDouble());
      }
    }
    values.add((float) amount);
    values.add(random.nextInt(2400) / 100f);
    values.add(1f + random.nextInt(7));
    return values;
  }

  private static List<String> featureNames() {
    List<String> names = new ArrayList<>();
    for (String entity : List.of("account", "counterparty")) {
      for (String window : List.of("1h", "1d", "7d", "30d")) {
        for (String aggregate : List.of("count", "mean", "max")) {
          names.add(entity + "_" + aggregate + "_" + window);
        }
      }
    }
    names.addAll(List.of("amount", "hour_of_day", "day_of_week"));
    return List.copyOf(names);
  }
}
