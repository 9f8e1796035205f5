package dev.tidegate.retrain.evaluate;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scored payments with what they turned out to be. Grows; not thread safe. */
public final class ScoredRows {
  private final DoubleArrayList scores = new DoubleArrayList();
  private final LongArrayList timesMs = new LongArrayList();
  private final BitSet frauds = new BitSet();
  private final List<@Nullable String> customers = new ArrayList<>();
  private final List<@Nullable String> kinds = new ArrayList<>();

  /**
   * Adds a payment.
   *
   * @param eventTimeMs UTC milliseconds
   * @param score higher is more suspicious; not NaN
   * @param fraud what it turned out to be
   * @param customer customer or card that paid; null where the data names none
   * @param kind scenario or typology; null where the label names none
   */
  public void add(
      long eventTimeMs,
      double score,
      boolean fraud,
      @Nullable String customer,
      @Nullable String kind) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a payment without a score cannot be evaluated");
    }
    frauds.set(scores.size(), fraud);
    scores.add(score);
    timesMs.add(eventTimeMs);
    customers.add(customer);
    kinds.add(kind);
  }

  /** Number of rows. */
  public int rows() {
    return scores.size();
  }

  double[] scores() {
    return scores.toDoubleArray();
  }

  BitSet frauds() {
    return (BitSet) frauds.clone();
  }

  double score(int row) {
    return scores.getDouble(row);
  }

  long timeMs(int row) {
    return timesMs.getLong(row);
  }

  boolean fraud(int row) {
    return frauds.get(row);
  }

  @Nullable String customer(int row) {
    return customers.get(row);
  }

  @Nullable String kind(int row) {
    return kinds.get(row);
  }
}
