package dev.tidegate.graphaml;

import dev.tidegate.graphaml.fans.AccountFans;
import dev.tidegate.graphaml.fans.Fans;
import dev.tidegate.schemas.money.MajorUnits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The signals about one end of a payment, in the order of a signal's values. They are kept for each
 * account and currency, cover {@code (t - 1 d, t]} and count the payment itself; amounts are in
 * major units. Immutable.
 */
public final class SignalSet {
  private static final long DAY_MS = 86_400_000L;

  /** How far a late payment may stand behind its account's newest and still see a whole window. */
  private static final long LATENESS_MS = DAY_MS;

  private static final List<String> NAMES =
      List.of(
          "fan_in_1d",
          "fan_out_1d",
          "in_count_1d",
          "out_count_1d",
          "in_amount_1d",
          "out_amount_1d");

  private static final String DEFINITION =
      """
      tidegate signal set 1
      values float32, amounts major, by (account, currency) over (t - 1d, t] with itself
      fan_in_1d = distinct payers into the account
      fan_out_1d = distinct payees of the account
      in_count_1d = payments into the account
      out_count_1d = payments of the account
      in_amount_1d = sum(amount) into the account
      out_amount_1d = sum(amount) of the account
      """;

  private static final SignalSet CURRENT = new SignalSet();

  private final String digest;

  private SignalSet() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      digest = HexFormat.of().formatHex(sha.digest(DEFINITION.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The signal set this program computes. */
  public static SignalSet current() {
    return CURRENT;
  }

  /** Names in the order of a signal's values. */
  public List<String> names() {
    return NAMES;
  }

  /** SHA-256, hexadecimal, over the definition of every signal in order. */
  public String digest() {
    return digest;
  }

  static AccountFans fans() {
    return new AccountFans(DAY_MS, DAY_MS + LATENESS_MS);
  }

  static List<Float> values(Fans fans, String currency, MajorUnits units) {
    return List.of(
        (float) fans.in().peers(),
        (float) fans.out().peers(),
        (float) fans.in().count(),
        (float) fans.out().count(),
        (float) units.of(fans.in().amount(), currency),
        (float) units.of(fans.out().amount(), currency));
  }
}
