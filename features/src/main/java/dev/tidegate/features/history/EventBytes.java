package dev.tidegate.features.history;

/**
 * An event alone as bytes, about 20 and 8 for each tag it has: what its entity's history took since
 * it was last written whole.
 *
 * <pre>time | id | amount | filters | base or not | [base] | currency | tags that are kept</pre>
 *
 * Like a history's, the bytes do not say which layout they are of. Not thread safe.
 */
public final class EventBytes {
  private static final int ID_BYTES = 6;
  private static final int SAME_BASE = 0;
  private static final int NO_BASE = 1;
  private static final int OTHER_BASE = 2;

  private final HistoryPlan plan;
  private final VarintOutput out = new VarintOutput();

  EventBytes(HistoryPlan plan) {
    this.plan = plan;
  }

  /** Writes an event. */
  public byte[] write(Event event) {
    out.clear();
    out.signed(event.timeMs());
    out.fixed(event.id(), ID_BYTES);
    out.signed(event.amount());
    out.unsigned(event.filterBits() & plan.filterMask());
    writeBase(event);
    out.fixed(event.currency(), Integer.BYTES);
    for (int tag : plan.tags()) {
      long value = event.tag(tag);
      out.unsigned(value == Event.NO_VALUE ? 0 : 1);
      if (value != Event.NO_VALUE) {
        out.fixed(value, Long.BYTES);
      }
    }
    return out.toBytes();
  }

  private void writeBase(Event event) {
    if (event.base() == Amount.NO_BASE) {
      out.unsigned(NO_BASE);
    } else if (!plan.base() || event.base() == event.amount()) {
      out.unsigned(SAME_BASE);
    } else {
      out.unsigned(OTHER_BASE);
      out.signed(event.base());
    }
  }

  /**
   * Reads an event.
   *
   * @throws IllegalStateException if the bytes are damaged
   */
  public Event read(byte[] bytes) {
    VarintInput in = new VarintInput(bytes);
    long timeMs = in.signed();
    long id = in.fixed(ID_BYTES);
    long amount = in.signed();
    long filterBits = in.unsigned();
    long base = readBase(in, amount);
    int currency = (int) in.fixed(Integer.BYTES);
    int[] kept = plan.tags();
    long[] tags = new long[kept.length == 0 ? 0 : kept[kept.length - 1] + 1];
    for (int tag : kept) {
      tags[tag] = in.unsigned() == 0 ? Event.NO_VALUE : in.fixed(Long.BYTES);
    }
    return new Event(timeMs, id, new Amount(amount, base, currency), filterBits, tags);
  }

  private static long readBase(VarintInput in, long amount) {
    return switch (in.count()) {
      case SAME_BASE -> amount;
      case NO_BASE -> Amount.NO_BASE;
      default -> in.signed();
    };
  }
}
