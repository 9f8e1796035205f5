package dev.tidegate.retrain.drift;

import java.nio.ByteBuffer;

/** Scores counted by cell, with the event times they span. Mutable; not thread safe. */
final class ScoreTally {
  /** Length of the written form. */
  static final int BYTES = (ScoreBins.CELLS + 2) * Long.BYTES;

  private final long[] counts = new long[ScoreBins.CELLS];
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;

  /** One more in a cell. */
  void add(int cell, long eventTimeMs) {
    counts[cell]++;
    span(eventTimeMs, eventTimeMs);
  }

  /** All of another tally. */
  void add(ScoreTally other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    span(other.firstMs, other.lastMs);
  }

  private void span(long first, long last) {
    firstMs = Math.min(firstMs, first);
    lastMs = Math.max(lastMs, last);
  }

  /** Scores counted. */
  long samples() {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** A copy of the counts. */
  long[] counts() {
    return counts.clone();
  }

  /** Earliest event time; meaningless while there are no samples. */
  long firstMs() {
    return firstMs;
  }

  /** Latest event time; meaningless while there are no samples. */
  long lastMs() {
    return lastMs;
  }

  void write(ByteBuffer out) {
    for (long count : counts) {
      out.putLong(count);
    }
    out.putLong(firstMs).putLong(lastMs);
  }

  static ScoreTally read(ByteBuffer in) {
    ScoreTally tally = new ScoreTally();
    for (int i = 0; i < tally.counts.length; i++) {
      tally.counts[i] = in.getLong();
    }
    tally.firstMs = in.getLong();
    tally.lastMs = in.getLong();
    return tally;
  }
}
