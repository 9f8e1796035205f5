package dev.tidegate.ingest.csv;

/** Why a line is no row. */
public enum RowFault {
  /** It is a row. */
  NONE,
  /** Nothing stands in the line. */
  BLANK,
  /** Bytes that are no text in the file's charset, or control characters. */
  NOT_TEXT,
  /** A quote opens and does not close. */
  QUOTE_UNCLOSED,
  /** A quote within a value, or text after a closing quote. */
  QUOTE_BROKEN,
  /** The line is longer than 1 MiB. */
  TOO_LONG,
  /** The stream ends in the middle: what was packed is cut off or damaged. */
  CUT_OFF
}
