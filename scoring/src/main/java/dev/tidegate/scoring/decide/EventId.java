package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.scoring.release.ScoringLane;
import dev.tidegate.scoring.release.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Id of a decision or an alert: the first 128 bits of SHA-256 over its kind and its transaction id,
 * so that the same payment gets the same ids from whoever decides it, as often as it is replayed.
 * Two of a billion payments share one with a probability of about 1e-21.
 *
 * @param high bits 0 to 63, big-endian
 * @param low bits 64 to 127
 */
public record EventId(long high, long low) {
  private static final int BYTES = 2 * Long.BYTES;
  private static final int HEX_DIGITS = 2 * BYTES;

  /** Id of the decision on a payment: a hash of {@code decision|<transaction id>}. */
  public static EventId decision(String transactionId) {
    return hashed("decision|" + transactionId);
  }

  /** Id of a lane's alert on a payment: a hash of {@code alert|<lane>|<transaction id>}. */
  public static EventId alert(Lane lane, String transactionId) {
    return hashed("alert|" + lane + "|" + transactionId);
  }

  /** Id of a lane's decision on a payment: no other lane's has the same. */
  public static EventId decision(ScoringLane by, String transactionId) {
    return by == ScoringLane.PAYMENTS
        ? decision(transactionId)
        : hashed("decision|" + by.word() + "|" + transactionId);
  }

  /**
   * Id of an alert that a lane's scorer raises; that of a rule of lane AML and that of the AML
   * model are two.
   */
  public static EventId alert(ScoringLane by, Lane lane, String transactionId) {
    return by == ScoringLane.PAYMENTS
        ? alert(lane, transactionId)
        : hashed("alert|" + by.word() + "|" + lane + "|" + transactionId);
  }

  private static EventId hashed(String text) {
    ByteBuffer sum = ByteBuffer.wrap(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    return new EventId(sum.getLong(), sum.getLong());
  }

  /**
   * The id in its written form.
   *
   * @throws IllegalArgumentException if the text is not 32 hexadecimal digits
   */
  public static EventId parse(String hex) {
    if (hex.length() != HEX_DIGITS) {
      throw new IllegalArgumentException("an id has " + HEX_DIGITS + " hexadecimal digits");
    }
    int middle = HEX_DIGITS / 2;
    return new EventId(
        HexFormat.fromHexDigitsToLong(hex, 0, middle),
        HexFormat.fromHexDigitsToLong(hex, middle, HEX_DIGITS));
  }

  /** The written form: 32 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array());
  }
}
