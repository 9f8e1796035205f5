package dev.tidegate.features.history;

/**
 * One event of an entity, as the kernel sees it. Values of any size come in; what it computes is
 * exact as long as the sum of a window's amounts fits a long. Immutable.
 */
public final class Event {
  /** The event does not have this tag. */
  public static final long NO_VALUE = 0;

  private static final long ID_BITS = (1L << 48) - 1;

  private final long timeMs;
  private final long id;
  private final Amount amount;
  private final long filterBits;
  private final long[] tags;

  /**
   * An event.
   *
   * @param timeMs when it happened, milliseconds since the epoch
   * @param id fingerprint of its id; of it, 48 bits tell a repeat from another event of the same
   *     time and amount
   * @param amount what it is worth
   * @param filterBits bit i is set if the event passes filter i
   * @param tags fingerprints of its tags, {@link #NO_VALUE} where it has none; never changed
   */
  public Event(long timeMs, long id, Amount amount, long filterBits, long[] tags) {
    this.timeMs = timeMs;
    this.id = id & ID_BITS;
    this.amount = amount;
    this.filterBits = filterBits;
    this.tags = tags;
  }

  /** When it happened, milliseconds since the epoch. */
  public long timeMs() {
    return timeMs;
  }

  long id() {
    return id;
  }

  long amount() {
    return amount.own();
  }

  long base() {
    return amount.base();
  }

  int currency() {
    return amount.currency();
  }

  long filterBits() {
    return filterBits;
  }

  /** The value of a tag. */
  long tag(int index) {
    return tags[index];
  }

  boolean passes(int filter) {
    return filter == Measure.ALL || ((filterBits >>> filter) & 1) != 0;
  }

  /** The same event without amounts, for sums that do not look at them. */
  Event withoutAmounts() {
    return new Event(timeMs, id, new Amount(0, Amount.NO_BASE, currency()), filterBits, tags);
  }
}
