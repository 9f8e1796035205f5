package dev.tidegate.features;

import dev.tidegate.features.window.Aggregate;
import dev.tidegate.features.window.SlidingWindows;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The features of a payment, in the order of a vector's values: for account and counterparty the
 * count, mean and maximum of the amount over 1 h, 1 d, 7 d and 30 d, then the payment's own amount,
 * hour and weekday. Amounts are in major units of the payment's currency; windows are kept for each
 * entity and currency, cover {@code (t - w, t]} and count the payment itself. Values are float32; a
 * payment without a counterparty has NaN for its windows. Immutable.
 */
public final class FeatureSet {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final int THURSDAY = 3; // weekday of 1970-01-01, counted from Monday = 0
  private static final List<String> WINDOWS = List.of("1h", "1d", "7d", "30d");
  private static final Map<String, Long> LENGTH_MS =
      Map.of("1h", HOUR_MS, "1d", DAY_MS, "7d", 7 * DAY_MS, "30d", 30 * DAY_MS);
  private static final List<String> AGGREGATES = List.of("count", "mean", "max");

  /** How far a late payment may stand behind its key's newest and still see whole windows. */
  private static final long LATENESS_MS = DAY_MS;

  private static final FeatureSet CURRENT = new FeatureSet();

  private final List<String> names;
  private final String digest;

  private FeatureSet() {
    List<String> all = new ArrayList<>();
    StringBuilder text =
        new StringBuilder("tidegate feature set 1\nvalues float32, amounts major\n");
    for (Entity entity : Entity.values()) {
      for (String window : WINDOWS) {
        for (String aggregate : AGGREGATES) {
          String name = entity.noun() + "_" + aggregate + "_" + window;
          all.add(name);
          text.append(name).append(" = ").append(aggregate).append("(amount) by (");
          text.append(entity.definition()).append(", currency) over (t - ").append(window);
          text.append(", t] with itself\n");
        }
      }
    }
    all.addAll(List.of("amount", "hour_of_day", "day_of_week"));
    text.append("amount = amount\nhour_of_day = hours since 00:00 UTC\n");
    text.append("day_of_week = ISO weekday UTC, Monday 1\n");
    names = List.copyOf(all);
    digest = sha256(text.toString());
  }

  /** The feature set this program computes. */
  public static FeatureSet current() {
    return CURRENT;
  }

  /** Names in the order of a vector's values. */
  public List<String> names() {
    return names;
  }

  /** Number of features. */
  public int size() {
    return names.size();
  }

  /** SHA-256, hexadecimal, over the definition of every feature in order. */
  public String digest() {
    return digest;
  }

  /** The windows that the features of one entity need. */
  static SlidingWindows windows() {
    long[] lengths = WINDOWS.stream().mapToLong(LENGTH_MS::get).toArray();
    return new SlidingWindows(lengths, lengths[lengths.length - 1] + LATENESS_MS);
  }

  /** Appends the features of one entity. */
  static void appendWindows(
      List<Float> values, Aggregate[] windows, String currency, MajorUnits units) {
    for (Aggregate window : windows) {
      values.add((float) window.count());
      values.add((float) units.of(window.mean(), currency));
      values.add((float) units.of((double) window.max(), currency));
    }
  }

  /** Appends NaN for the features of an entity that a payment does not name. */
  static void appendNone(List<Float> values) {
    for (int i = 0; i < WINDOWS.size() * AGGREGATES.size(); i++) {
      values.add(Float.NaN);
    }
  }

  /** Appends the features of the payment alone. */
  static void appendPayment(List<Float> values, Transaction payment, MajorUnits units) {
    long timeMs = payment.getEventTimeMs();
    values.add((float) units.of((double) payment.getAmountMinor(), payment.getCurrency()));
    values.add((float) (Math.floorMod(timeMs, DAY_MS) / (double) HOUR_MS));
    values.add((float) (Math.floorMod(Math.floorDiv(timeMs, DAY_MS) + THURSDAY, 7L) + 1));
  }

  private static String sha256(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
