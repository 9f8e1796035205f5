package dev.tidegate.features;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.Event;
import java.util.Arrays;

/**
 * A payment on its way through the stage, or what one turned out to be: only what the features ask
 * of it, with the transaction itself as bytes that nobody opens before the end. It is asked of each
 * entity that it names by a smaller copy, which comes back with that entity's answer. One task
 * works on it at a time.
 */
final class Payment {
  /** For {@link #entity}: the payment itself. */
  static final int WHOLE = -1;

  /** Which entity it is asked of, an index into the catalogue's; WHOLE for the payment itself. */
  int entity = WHOLE;

  /** Fingerprint of what it says beside its id: two that share both are asked the same. */
  long content;

  /** Whether this is a label and not the payment. */
  boolean isLabel;

  /** For a label: whether the payment was a fraud. */
  boolean fraud;

  /** Whether some operator saw it behind the watermark. */
  boolean late;

  /** Whether some value came from tiles. */
  boolean tiled;

  /** When the payment was made. */
  long timeMs;

  /** Its place in the stream: when it was made, for a label when that was known. */
  long orderMs;

  /** Fingerprint of its id, 128 bits. */
  long idHigh;

  long idLow;

  long amount;
  long base;
  int currency;
  long filterBits;

  /** Fingerprint of each tag's value; none once an entity has answered. */
  long[] tags = {};

  /**
   * Two words for each entity of the catalogue; 0, 0 for one it does not name. Of one that is asked
   * of an entity the two of that entity.
   */
  long[] keys = {};

  /**
   * Values of the features, minor units for amounts, in the catalogue's order; of one that is asked
   * of an entity that entity's, in the order of its measures.
   */
  double[] values = {};

  /** The transaction in Avro binary. */
  byte[] transaction = {};

  /**
   * The sequences in the catalogue's order, each as {@link SequenceBytes}, amounts in minor units;
   * empty for an entity that it does not name. Of one that is asked of an entity that entity's.
   */
  byte[][] sequences = {};

  /** Makes room for so many values and sequences; there are none yet. */
  void makeRoom(int forValues, int forSequences) {
    values = new double[forValues];
    Arrays.fill(values, Double.NaN);
    sequences = new byte[forSequences][];
    Arrays.fill(sequences, SequenceBytes.NONE);
  }

  boolean names(int entity) {
    return (keys[2 * entity] | keys[2 * entity + 1]) != 0;
  }

  Event event() {
    return new Event(timeMs, idLow, new Amount(amount, base, currency), filterBits, tags);
  }

  /**
   * The same as a question to one of its entities.
   *
   * @param salt tells entities of one id but different kinds apart
   */
  Payment ask(int of, long salt) {
    Payment asked = new Payment();
    asked.entity = of;
    asked.content = content;
    asked.isLabel = isLabel;
    asked.fraud = fraud;
    asked.timeMs = timeMs;
    asked.orderMs = orderMs;
    asked.idHigh = idHigh;
    asked.idLow = idLow;
    asked.amount = amount;
    asked.base = base;
    asked.currency = currency;
    asked.filterBits = filterBits;
    asked.tags = tags;
    asked.keys = new long[] {keys[2 * of] ^ salt, keys[2 * of + 1]};
    return asked;
  }
}
