package dev.tidegate.features;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.Event;
import java.util.Arrays;

/**
 * A payment on its way through the stage, or what one turned out to be: only what the features ask
 * of it, with the transaction itself as bytes that nobody opens before the end. One task works on
 * it at a time and fills in its values.
 */
final class Payment {
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

  /** Fingerprint of each tag's value. */
  long[] tags = {};

  /** Two words for each entity of the catalogue; 0, 0 for one it does not name. */
  long[] keys = {};

  /** Values of the features, minor units for amounts, in the catalogue's order. */
  double[] values = {};

  /** The transaction in Avro binary. */
  byte[] transaction = {};

  /**
   * The sequences in the catalogue's order, each as {@link SequenceBytes}, amounts in minor units;
   * empty for an entity that it does not name.
   */
  byte[][] sequences = {};

  /** Takes a sequence; a payment that an older program read has no room for it yet. */
  void setSequence(int place, byte[] bytes) {
    int known = sequences.length;
    if (place >= known) {
      sequences = Arrays.copyOf(sequences, place + 1);
      Arrays.fill(sequences, known, place, SequenceBytes.NONE);
    }
    sequences[place] = bytes;
  }

  boolean names(int entity) {
    return (keys[2 * entity] | keys[2 * entity + 1]) != 0;
  }

  Event event() {
    return new Event(timeMs, idLow, new Amount(amount, base, currency), filterBits, tags);
  }
}
