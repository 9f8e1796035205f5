package dev.tidegate.retrain.quality;

/** What may be wrong with a record or with one of its fields. */
public enum Fault {
  /** A field without a value. */
  NONE,
  /** A category that the release's reference does not know. */
  UNSEEN,
  /** A number outside what the release's reference held. */
  RANGE,
  /** A record that the door could not read. */
  PARSE,
  /** A record of another schema or feature set than the release takes. */
  SCHEMA,
  /** A record behind the watermark. */
  LATE
}
