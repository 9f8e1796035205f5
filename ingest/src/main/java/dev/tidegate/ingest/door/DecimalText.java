package dev.tidegate.ingest.door;

import java.util.regex.Pattern;

/** Texts that are decimal numbers of a size a payment can have. */
final class DecimalText {
  /** Up to 40 digits and an exponent of two digits: nothing that takes long to compute with. */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{1,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,2})?");

  private DecimalText() {}

  static boolean isDecimal(String text) {
    return DECIMAL.matcher(text).matches();
  }
}
