package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.profile.CardRule;
import org.jspecify.annotations.Nullable;

/**
 * Reads a card and keeps only its token, and of a card number its first six and last four digits. A
 * card number has 12 to 19 digits (ISO/IEC 7812); blanks and hyphens between them do not count. Not
 * thread safe.
 */
final class CardReader {
  private static final int FEWEST_DIGITS = 12;
  private static final int MOST_DIGITS = 19;

  // configuration
  private final TextReader text;
  private final boolean token;
  private final boolean luhn;
  private final Tokeniser tokeniser;

  // runtime
  private @Nullable String cardToken;
  private @Nullable String bin;
  private @Nullable String lastFour;

  CardReader(CardRule rule, ColumnIndex index, Tokeniser tokeniser) {
    this.text = new TextReader(rule.text(), index);
    this.token = rule.token();
    this.luhn = rule.luhn();
    this.tokeniser = tokeniser;
  }

  /** Reads a row; null if all is well. A row without a card is well. */
  @Nullable Fault read(Row row) {
    cardToken = null;
    bin = null;
    lastFour = null;
    String card = text.read(row);
    if (card == null) {
      return null;
    }
    if (token) {
      cardToken = tokeniser.ofCardId(card);
      return null;
    }
    String digits = digits(card);
    if (digits == null || (luhn && !checkDigitRight(digits))) {
      return new Fault(Reason.CARD_UNREADABLE, "card");
    }
    cardToken = tokeniser.ofCardNumber(digits);
    bin = digits.substring(0, 6);
    lastFour = digits.substring(digits.length() - 4);
    return null;
  }

  private static @Nullable String digits(String card) {
    StringBuilder digits = new StringBuilder(MOST_DIGITS);
    for (int i = 0; i < card.length(); i++) {
      char c = card.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      } else if (c != ' ' && c != '-') {
        return null;
      }
    }
    return digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS
        ? null
        : digits.toString();
  }

  /** The check digit of ISO/IEC 7812-1, annex B (Luhn). */
  static boolean checkDigitRight(String digits) {
    int sum = 0;
    boolean twice = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      if (twice) {
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
      twice = !twice;
    }
    return sum % 10 == 0;
  }

  @Nullable String cardToken() {
    return cardToken;
  }

  @Nullable String bin() {
    return bin;
  }

  @Nullable String lastFour() {
    return lastFour;
  }
}
