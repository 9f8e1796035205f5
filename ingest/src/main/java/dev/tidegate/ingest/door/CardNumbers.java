package dev.tidegate.ingest.door;

/**
 * Finds card numbers in text that should hold none. A card number here is 13 to 19 digits with the
 * first digits and length of a network that issues cards (ISO/IEC 7812 issuer ranges) and a right
 * check digit (Luhn). Blanks and hyphens between the digits do not count. All three together are
 * met by about 3 in 100 numbers of 16 random digits, a number without the ranges by 10.
 *
 * <p>The digits may stand among other words, and letters may stand right before them ({@code
 * PAN4111...}), but neither a letter nor a digit may follow them: digits inside hexadecimal ids are
 * no card. A valid IBAN (ISO 13616) is none either. O(length) for text without long numbers.
 */
final class CardNumbers {
  private static final int FEWEST_DIGITS = 13;
  private static final int MOST_DIGITS = 19;
  private static final int SHORTEST_IBAN = 15;
  private static final int LONGEST_IBAN = 34;

  private CardNumbers() {}

  /** True if a card number stands in the text. */
  static boolean in(String text) {
    return text.length() >= FEWEST_DIGITS && holdsEnoughDigits(text) && search(text);
  }

  private static boolean holdsEnoughDigits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits >= FEWEST_DIGITS;
  }

  /** Tries every group of digits as the first of a number. */
  private static boolean search(String text) {
    for (int at = 0; at < text.length(); at++) {
      boolean groupStarts = isDigit(text.charAt(at)) && (at == 0 || !isDigit(text.charAt(at - 1)));
      if (groupStarts && startsAt(text, at)) {
        return !isIban(text);
      }
    }
    return false;
  }

  /** True if a number starts here and ends where a group of digits ends. */
  private static boolean startsAt(String text, int from) {
    StringBuilder digits = new StringBuilder(MOST_DIGITS);
    for (int at = from; at < text.length() && digits.length() <= MOST_DIGITS; at++) {
      char c = text.charAt(at);
      if (isDigit(c)) {
        digits.append(c);
        if (endsGroup(text, at) && isCardNumber(digits.toString())) {
          return true;
        }
      } else if (c != ' ' && c != '-' && c != '\u00a0') {
        return false;
      }
    }
    return false;
  }

  private static boolean endsGroup(String text, int at) {
    return at + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(at + 1));
  }

  private static boolean isCardNumber(String digits) {
    int length = digits.length();
    return length >= FEWEST_DIGITS
        && length <= MOST_DIGITS
        && isIssued(Integer.parseInt(digits.substring(0, 4)), length)
        && CardReader.checkDigitRight(digits);
  }

  /** Issuer ranges by the first four digits, with the lengths that each network issues. */
  private static boolean isIssued(int first, int length) {
    return switch (first / 1000) {
      case 2 -> (first >= 2200 && first <= 2204) ? length >= 16 : mastercardTwo(first, length);
      case 3 -> three(first, length);
      case 4 -> length == 13 || length == 16 || length == 19; // Visa
      case 5 -> five(first, length);
      case 6 -> six(first, length);
      case 8 -> (first / 100 == 81 || first / 100 == 82) && length >= 16; // UnionPay, RuPay
      case 9 -> first == 9792 && length == 16; // Troy
      default -> false;
    };
  }

  private static boolean mastercardTwo(int first, int length) {
    return first >= 2221 && first <= 2720 && length == 16;
  }

  private static boolean three(int first, int length) {
    int two = first / 100;
    if (two == 34 || two == 37) {
      return length == 15; // American Express
    }
    if (first >= 3528 && first <= 3589) {
      return length >= 16; // JCB
    }
    return ((two == 30 && first <= 3059) || two == 36 || two == 38 || two == 39) && length >= 14;
  }

  private static boolean five(int first, int length) {
    int two = first / 100;
    return (two >= 51 && two <= 55) ? length == 16 : two == 50 || two >= 56; // Mastercard, Maestro
  }

  private static boolean six(int first, int length) {
    int two = first / 100;
    boolean maestro = two == 63 || two == 67;
    boolean others = two == 60 || two == 62 || two == 64 || two == 65;
    return maestro || (others && length >= 16); // Discover, UnionPay, RuPay
  }

  /** ISO 13616: two letters, two check digits, and the whole is 1 modulo 97. */
  private static boolean isIban(String text) {
    String iban = text.replace(" ", "");
    if (iban.length() < SHORTEST_IBAN || iban.length() > LONGEST_IBAN) {
      return false;
    }
    int rest = 0;
    for (int i = 0; i < iban.length(); i++) {
      int at = (i + 4) % iban.length();
      char c = iban.charAt(at);
      boolean letterDue = at < 2;
      boolean digitDue = at == 2 || at == 3;
      if (isDigit(c) && !letterDue) {
        rest = (rest * 10 + c - '0') % 97;
      } else if (c >= 'A' && c <= 'Z' && !digitDue) {
        rest = (rest * 100 + c - 'A' + 10) % 97;
      } else {
        return false;
      }
    }
    return rest == 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
