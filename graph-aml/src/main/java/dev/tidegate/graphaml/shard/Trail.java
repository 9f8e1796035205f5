package dev.tidegate.graphaml.shard;

/**
 * Payments of one side of an account, the oldest first, without those to itself.
 *
 * @param words time, id, other account and value of each; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never compared
record Trail(long[] words) {
  static final int WORDS = 4;
  static final Trail EMPTY = new Trail(new long[0]);

  int size() {
    return words.length / WORDS;
  }

  long timeMs(int i) {
    return words[i * WORDS];
  }

  long id(int i) {
    return words[i * WORDS + 1];
  }

  long peer(int i) {
    return words[i * WORDS + 2];
  }

  long value(int i) {
    return words[i * WORDS + 3];
  }

  /** How many, from the oldest on, have no later time. */
  int until(long timeMs) {
    int end = size();
    while (end > 0 && timeMs(end - 1) > timeMs) {
      end--;
    }
    return end;
  }
}
