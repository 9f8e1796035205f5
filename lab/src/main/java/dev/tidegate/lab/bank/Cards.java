package dev.tidegate.lab.bank;

/**
 * Card numbers: sixteen digits, a well-known test prefix, a valid Luhn digit (ISO/IEC 7812-1), no
 * two alike. Each customer has one card at a time; an abused one is replaced.
 */
final class Cards {
  private static final String[] PREFIXES = {"400000", "411111", "424242", "510510", "555555"};
  private static final int BODY = 1_000_000_000;
  private static final long SPREAD = 387_420_489L;
  private static final int VERSIONS = 100;

  private final long seed;
  private final int[] versions;
  private final int[] replacedOn;

  Cards(SimulatorSettings settings) {
    seed = settings.seed();
    versions = new int[settings.customers()];
    replacedOn = new int[settings.customers()];
  }

  /** Number of the customer's card on a day. */
  String number(Customer customer, int day) {
    int at = customer.index();
    return number(at, day < replacedOn[at] ? versions[at] - 1 : versions[at]);
  }

  /** From the given day on the customer has another card; an earlier replacement must be past. */
  void replaceOn(Customer customer, int day) {
    versions[customer.index()]++;
    replacedOn[customer.index()] = day;
  }

  /**
   * The payment as it is made: a purchase that was planned before its card was replaced is paid
   * with the new one. Refunds go to the card that paid, and a thief holds the old one.
   */
  SimulatedTransaction asMade(SimulatedTransaction payment, int day) {
    SimulatedTransaction.CardUse card = payment.card();
    String id = payment.payer().customerId();
    if (card == null
        || id == null
        || payment.planted() != null
        || payment.amount().minorUnits() < 0) {
      return payment;
    }
    int at = Integer.parseInt(id, 1, id.length(), 10);
    if (versions[at] == 0) {
      return payment;
    }
    String number = number(at, day < replacedOn[at] ? versions[at] - 1 : versions[at]);
    return number.equals(card.number()) ? payment : payment.withCard(number);
  }

  private String number(int customer, int version) {
    long key = SeededRandom.key(seed, SeededRandom.Topic.CARD, 0, 0) >>> 34;
    long body = ((long) customer * VERSIONS + version % VERSIONS) * SPREAD + key;
    long choice = SeededRandom.key(seed, SeededRandom.Topic.CARD, customer, 1) >>> 1;
    String prefix = PREFIXES[(int) (choice % PREFIXES.length)];
    String digits = Ids.padded(prefix, body % BODY, 9);
    return digits + checkDigit(digits);
  }

  /** The digit that makes the number pass the Luhn test. */
  static int checkDigit(String digits) {
    int sum = 0;
    boolean doubled = true;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      if (doubled) {
        digit *= 2;
        digit -= digit > 9 ? 9 : 0;
      }
      sum += digit;
      doubled = !doubled;
    }
    return (10 - sum % 10) % 10;
  }
}
