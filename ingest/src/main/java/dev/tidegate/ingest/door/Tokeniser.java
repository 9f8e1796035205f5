package dev.tidegate.ingest.door;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Card numbers and other identifiers to tokens: the first 128 bits of HMAC-SHA-256, as 32 hex
 * digits. Two cards share a token with probability n^2 / 2^129. Not thread safe.
 */
public final class Tokeniser {
  private static final int TOKEN_BYTES = 16;

  private final Mac mac;

  /** A tokeniser with a key. */
  public Tokeniser(TokenKey key) {
    mac = key.mac();
  }

  /** Token of a card number, given as its digits alone. */
  public String ofCardNumber(String digits) {
    return token(digits);
  }

  /** Token of a card's id that is no card number; never equal to a card number's. */
  public String ofCardId(String id) {
    return token("id:" + id);
  }

  /** Token of an identifier that is no card: of one value of two kinds the tokens differ. */
  public String ofIdentifier(String kind, String value) {
    return token("identifier:" + kind + ":" + value);
  }

  private String token(String text) {
    byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
  }
}
