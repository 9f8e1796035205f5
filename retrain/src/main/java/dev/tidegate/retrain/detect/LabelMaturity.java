package dev.tidegate.retrain.detect;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Holds scored payments until their outcome may be taken as known.
 *
 * <p>A fraud is often reported within days, its absence never: whoever takes labels as they come
 * sees fraud first and calls it drift. So each payment waits the same time after it was made, then
 * leaves with what is known: fraud if a label said so by then, else legitimate. A label that is
 * known later than that changes nothing.
 *
 * <p>Wants payments about in order of time: one leaves when it is due and all before it have left.
 * Memory: the payments of the delay; a caller with too many may keep a share of them by a hash of
 * the id, which changes neither promise nor bias. O(1) amortised. Mutable; not thread safe.
 */
public final class LabelMaturity {
  private final long delayMs;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final Map<String, Waiting> byId = new HashMap<>();

  /**
   * Holds payments.
   *
   * @param delayMs from a payment to its matured label, above 0
   */
  public LabelMaturity(long delayMs) {
    if (delayMs <= 0) {
      throw new IllegalArgumentException("a label's delay must be above 0 ms, not " + delayMs);
    }
    this.delayMs = delayMs;
  }

  /** A payment that was scored; one that is there already is passed over. */
  public void scored(String transactionId, long eventTimeMs, double score) {
    scored(transactionId, eventTimeMs, score, 0);
  }

  /**
   * A payment that was scored; one that is there already is passed over.
   *
   * @param tag a number of the caller's, told with the outcome
   */
  public void scored(String transactionId, long eventTimeMs, double score, int tag) {
    Waiting waiting = new Waiting(transactionId, eventTimeMs, score, tag);
    if (byId.putIfAbsent(transactionId, waiting) == null) {
      queue.add(waiting);
    }
  }

  /**
   * A label that became known.
   *
   * @return true if its payment waits and the label came within the delay
   */
  public boolean labelled(String transactionId, long knownAtMs, boolean fraud) {
    Waiting waiting = byId.get(transactionId);
    if (waiting == null || knownAtMs > waiting.eventTimeMs + delayMs) {
      return false;
    }
    waiting.fraud = fraud;
    return true;
  }

  /**
   * Lets go of what is due.
   *
   * @param nowMs event time up to which labels have been read
   * @param outcome takes score and fraud of each payment, oldest first
   */
  public void advance(long nowMs, BiConsumer<Double, Boolean> outcome) {
    advance(nowMs, (score, fraud, tag) -> outcome.accept(score, fraud));
  }

  /** What a payment turned out to be. */
  public interface Outcome {
    /**
     * Takes it.
     *
     * @param tag as given with the payment
     */
    void take(double score, boolean fraud, int tag);
  }

  /**
   * Lets go of what is due, with tags.
   *
   * @param nowMs event time up to which labels have been read
   * @param outcome takes each payment's, oldest first
   */
  public void advance(long nowMs, Outcome outcome) {
    while (!queue.isEmpty() && queue.element().eventTimeMs + delayMs <= nowMs) {
      Waiting due = queue.remove();
      byId.remove(due.transactionId);
      outcome.take(due.score, due.fraud, due.tag);
    }
  }

  /** Payments that wait. */
  public int waiting() {
    return queue.size();
  }

  private static final class Waiting {
    private final String transactionId;
    private final long eventTimeMs;
    private final double score;
    private final int tag;
    private boolean fraud;

    Waiting(String transactionId, long eventTimeMs, double score, int tag) {
      this.transactionId = transactionId;
      this.eventTimeMs = eventTimeMs;
      this.score = score;
      this.tag = tag;
    }
  }
}
