package dev.tidegate.features.history;

import java.util.Arrays;

/**
 * When each value of a tag was last seen, for an entity too busy to keep its events. Up to {@value
 * #LIMIT} values all of them, exactly; beyond, those whose fingerprint ends in {@code level} zero
 * bits, so that a count times {@code 2^level} estimates the number of different values (adaptive
 * sampling: Flajolet, On adaptive sampling, 1990). The relative standard error is about {@code 1.2
 * / sqrt(m)} for m sampled values in the window: below 8 % where at least 256 are.
 */
final class TagSample {
  static final int LIMIT = 512;

  /** Whether the value was seen is not known: it is none that is sampled, or was seen later. */
  static final long UNKNOWN = Long.MAX_VALUE;

  /** The value has not been seen. */
  static final long NEVER = Long.MIN_VALUE;

  long[] values = new long[16];
  long[] seenMs = new long[16];

  /** When each value was last seen before that; {@link #NEVER} if it was not. */
  long[] beforeMs = new long[16];

  int size;
  int level;

  /** Notes a value. */
  void see(long value, long timeMs, long forgottenMs) {
    if (!isSampled(value)) {
      return;
    }
    int at = find(value);
    if (at >= 0) {
      if (timeMs > seenMs[at]) {
        beforeMs[at] = seenMs[at];
        seenMs[at] = timeMs;
      }
      return;
    }
    if (size == LIMIT) {
      thin(forgottenMs);
    }
    if (isSampled(value)) {
      put(value, timeMs, NEVER);
    }
  }

  /** When a value was last seen before a time at which it was noted: a time, NEVER or UNKNOWN. */
  long lastBefore(long value, long timeMs) {
    if (!isSampled(value)) {
      return UNKNOWN;
    }
    int at = find(value);
    if (at < 0) {
      return NEVER;
    }
    if (seenMs[at] > timeMs) {
      return UNKNOWN;
    }
    return seenMs[at] == timeMs ? beforeMs[at] : seenMs[at];
  }

  /** Numbers that it takes on the heap. */
  long cells() {
    return 3L * values.length;
  }

  private int find(long value) {
    for (int i = 0; i < size; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }

  void put(long value, long timeMs, long previousMs) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      seenMs = Arrays.copyOf(seenMs, 2 * size);
      beforeMs = Arrays.copyOf(beforeMs, 2 * size);
    }
    values[size] = value;
    beforeMs[size] = previousMs;
    seenMs[size++] = timeMs;
  }

  private boolean isSampled(long value) {
    return (value & ((1L << level) - 1)) == 0;
  }

  private void thin(long forgottenMs) {
    keep(forgottenMs);
    while (size == LIMIT) {
      level++;
      keep(forgottenMs);
    }
  }

  private void keep(long forgottenMs) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (isSampled(values[i]) && seenMs[i] > forgottenMs) {
        values[kept] = values[i];
        beforeMs[kept] = beforeMs[i];
        seenMs[kept++] = seenMs[i];
      }
    }
    size = kept;
  }

  /** What one value adds to {@link #count}. */
  long share(long value, long fromMs, long toMs) {
    int at = isSampled(value) ? find(value) : -1;
    return at >= 0 && seenMs[at] > fromMs && seenMs[at] <= toMs ? 1L << level : 0;
  }

  /** Estimated number of values last seen in (from, to]. */
  long count(long fromMs, long toMs) {
    long found = 0;
    for (int i = 0; i < size; i++) {
      if (seenMs[i] > fromMs && seenMs[i] <= toMs) {
        found++;
      }
    }
    return found << level;
  }
}
