package dev.tidegate.features;

import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payment as archived, with what was served of it. Immutable as long as nobody changes both. */
public final class ServedPayment {
  private final Transaction transaction;
  private final @Nullable Vector vector;

  /**
   * A payment.
   *
   * @param vector what was served of it first; null if nothing was, as far as the archive knows
   */
  public ServedPayment(Transaction transaction, @Nullable Vector vector) {
    this.transaction = transaction;
    this.vector = vector;
  }

  /** A vector without its payment. */
  public static final class Vector {
    private final String featureDigest;
    private final boolean late;
    private final float @Nullable [] values;
    private final List<List<Float>> sequences;

    /**
     * A vector.
     *
     * @param featureDigest of the catalogue that it was computed by
     * @param late whether the payment came behind the watermark
     * @param values the features in the catalogue's order; null for one that is not to be judged
     * @param sequences the sequences in the catalogue's order; none of an archive that does not
     *     hold them
     */
    public Vector(
        String featureDigest,
        boolean late,
        float @Nullable [] values,
        List<List<Float>> sequences) {
      this.featureDigest = featureDigest;
      this.late = late;
      this.values = values == null ? null : values.clone();
      this.sequences = sequences.stream().<List<Float>>map(FloatList::copyOf).toList();
    }

    /** Whether it saw all that came before it, by the catalogue with this digest. */
    boolean isInOrder(String digest) {
      return !late && featureDigest.equals(digest);
    }

    float @Nullable [] values() {
      return values;
    }

    List<List<Float>> sequences() {
      return sequences;
    }
  }

  Transaction transaction() {
    return transaction;
  }

  @Nullable Vector vector() {
    return vector;
  }
}
