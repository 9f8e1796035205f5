package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.RowFault;

/** Why a row was rejected; the codes are stable. */
public enum Reason {
  /** An empty line. */
  BLANK_LINE("blank-line", "the line is empty"),
  /** Too few or too many values. */
  WRONG_COLUMN_COUNT("wrong-column-count", "the line has another number of values than columns"),
  /** Not text. */
  NOT_TEXT("not-text", "the line holds bytes that are no text in the file's character set"),
  /** A quote that opens only. */
  QUOTE_UNCLOSED("quote-unclosed", "a quote opens and does not close"),
  /** A stray quote. */
  QUOTE_BROKEN("quote-broken", "a quote stands within a value, or text after a closing quote"),
  /** More than 1 MiB. */
  LINE_TOO_LONG("line-too-long", "the line is longer than 1 MiB"),
  /** No id. */
  ID_MISSING("id-missing", "there is no transaction id"),
  /** The id of another payment. */
  ID_CONFLICT("id-conflict", "an earlier row has the same transaction id and other content"),
  /** No time. */
  TIME_MISSING("time-missing", "there is no time"),
  /** Not in the profile's format. */
  TIME_UNREADABLE("time-unreadable", "the time is not in the profile's format"),
  /** Outside the profile's bounds. */
  TIME_IMPLAUSIBLE("time-implausible", "the time lies outside what the profile allows"),
  /** Later than the clock allows. */
  TIME_IN_FUTURE("time-in-future", "the time lies too far ahead of the clock"),
  /** No amount. */
  AMOUNT_MISSING("amount-missing", "there is no amount"),
  /** Not a number. */
  AMOUNT_UNREADABLE("amount-unreadable", "the amount is no number"),
  /** Outside the profile's bounds. */
  AMOUNT_IMPLAUSIBLE("amount-implausible", "the amount lies outside what the profile allows"),
  /** No currency. */
  CURRENCY_MISSING("currency-missing", "there is no currency"),
  /** No such currency. */
  CURRENCY_UNKNOWN(
      "currency-unknown", "the currency is no ISO 4217 code, and none of the profile's"),
  /** Nobody pays. */
  PAYER_MISSING("payer-missing", "there is no payer account, card or customer"),
  /** Not a card number. */
  CARD_UNREADABLE("card-unreadable", "the card is no card number"),
  /** A card number where none belongs. */
  CARD_MISPLACED(
      "card-misplaced", "what looks like a card number stands in a field that is not the card"),
  /** Not one of the profile's label values. */
  LABEL_UNREADABLE("label-unreadable", "the label is none of the profile's values"),
  /** Not what the profile expects. */
  VALUE_UNEXPECTED("value-unexpected", "the value is not what the profile expects there"),
  /** Packed input that is cut off or damaged. */
  FILE_TRUNCATED(
      "file-truncated", "the packed file is cut off or damaged here; nothing after it can be read");

  private final String code;
  private final String sentence;

  Reason(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  /** The stable code, for example {@code amount-unreadable}. */
  public String code() {
    return code;
  }

  /** One sentence for people. */
  public String sentence() {
    return sentence;
  }

  /** The reason for a line that is no row. */
  static Reason of(RowFault fault) {
    return switch (fault) {
      case BLANK -> BLANK_LINE;
      case NOT_TEXT -> NOT_TEXT;
      case QUOTE_UNCLOSED -> QUOTE_UNCLOSED;
      case QUOTE_BROKEN -> QUOTE_BROKEN;
      case TOO_LONG -> LINE_TOO_LONG;
      case CUT_OFF -> FILE_TRUNCATED;
      case NONE -> throw new IllegalArgumentException("a row without a fault has no reason");
    };
  }
}
