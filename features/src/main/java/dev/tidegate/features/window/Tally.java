package dev.tidegate.features.window;

/** Running count, split sum and maximum; see {@link Aggregate} for the split. */
final class Tally {
  private static final long LOW_WORD = 0xffff_ffffL;

  private long count;
  private long high;
  private long low;
  private long max = Long.MIN_VALUE;

  void add(long amount) {
    add(1, amount >> 32, amount & LOW_WORD, amount);
  }

  void add(long events, long sumHigh, long sumLow, long largest) {
    count += events;
    high += sumHigh;
    low += sumLow;
    max = Math.max(max, largest);
  }

  Aggregate aggregate() {
    return new Aggregate(count, high + (low >> 32), low & LOW_WORD, max);
  }
}
