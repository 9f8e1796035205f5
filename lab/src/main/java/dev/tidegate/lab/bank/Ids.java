package dev.tidegate.lab.bank;

/** Identifiers of fixed width, written without any locale. */
final class Ids {
  private static final String ZEROS = "0000000000000000";
  private static final String HEX = "0123456789abcdef";

  private Ids() {}

  /** A prefix and a number of at least {@code width} digits (16 at most). */
  static String padded(String prefix, long number, int width) {
    String digits = Long.toString(number);
    int missing = Math.max(0, width - digits.length());
    return prefix + ZEROS.substring(0, missing) + digits;
  }

  /** A prefix and the low {@code 4 * width} bits in hexadecimal. */
  static String hex(String prefix, long bits, int width) {
    StringBuilder text = new StringBuilder(prefix.length() + width).append(prefix);
    for (int i = width - 1; i >= 0; i--) {
      text.append(HEX.charAt((int) (bits >>> (4 * i)) & 0xF));
    }
    return text.toString();
  }
}
