package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A history as bytes. A plain event takes about 15 to 20: time and amount as differences in
 * variable length, 6 bytes of its id, and a place in a list of values for each tag.
 *
 * <pre>
 * version | first seen | newest | last passed, each filter
 * currencies | events n | n x (time | id | amount | flags and filters | [base] | [currency] | tags)
 * 0 or 1, then the tiles
 * </pre>
 *
 * The running sums are not written but made again. The bytes do not say which layout they are of:
 * whoever keeps them does, once for all of them. Not thread safe.
 */
public final class HistoryCodec {
  static final int VERSION = 1;
  private static final int ID_BYTES = 6;
  private static final int SAME_BASE = 0;
  private static final int NO_BASE = 1;
  private static final int OTHER_BASE = 2;

  private final HistoryPlan plan;
  private final TilesCodec tilesCodec;
  private final VarintOutput out = new VarintOutput();
  private final List<StampTable> tagIndexes = new ArrayList<>();

  HistoryCodec(HistoryPlan plan) {
    this.plan = plan;
    this.tilesCodec = new TilesCodec(plan);
    for (int i = 0; i < plan.tags().length; i++) {
      tagIndexes.add(new StampTable());
    }
  }

  /** Writes a history. */
  public byte[] write(EntityHistory history) {
    out.clear();
    out.unsigned(VERSION);
    out.signed(history.firstSeenMs);
    out.signed(history.newestMs);
    for (long passedMs : history.lastPassedMs) {
      out.unsigned(passedMs == Long.MIN_VALUE ? 0 : history.newestMs - passedMs + 1);
    }
    writeRing(history);
    if (history.tiles == null) {
      out.unsigned(0);
    } else {
      out.unsigned(1);
      tilesCodec.write(history.tiles, out);
    }
    return out.toBytes();
  }

  private void writeRing(EntityHistory history) {
    Rows ring = history.ring;
    List<Long> currencies = currencies(ring);
    out.unsigned(currencies.size());
    currencies.forEach(out::signed);
    tagIndexes.forEach(StampTable::clear);
    out.unsigned(ring.size());
    long previousMs = 0;
    for (int row = ring.first(); row <= ring.last(); row++) {
      out.signed(ring.time(row) - previousMs);
      previousMs = ring.time(row);
      writeEvent(ring, row, currencies);
    }
  }

  private static List<Long> currencies(Rows ring) {
    List<Long> found = new ArrayList<>(1);
    for (int row = ring.first(); row <= ring.last(); row++) {
      if (!found.contains(ring.value(EntityHistory.CURRENCY, row))) {
        found.add(ring.value(EntityHistory.CURRENCY, row));
      }
    }
    return found;
  }

  private void writeEvent(Rows ring, int row, List<Long> currencies) {
    long amount = ring.value(EntityHistory.AMOUNT, row);
    long base = ring.value(EntityHistory.BASE, row);
    int baseCode = baseCode(amount, base);
    out.fixed(ring.value(EntityHistory.ID, row), ID_BYTES);
    out.signed(amount);
    out.unsigned(
        (ring.value(EntityHistory.BITS, row) << 3)
            | ((long) baseCode << 1)
            | ring.value(EntityHistory.FRAUD, row));
    if (baseCode == OTHER_BASE) {
      out.signed(base);
    }
    if (currencies.size() > 1) {
      out.unsigned(currencies.indexOf(ring.value(EntityHistory.CURRENCY, row)));
    }
    for (int tag = 0; tag < tagIndexes.size(); tag++) {
      writeTag(tagIndexes.get(tag), ring.value(EntityHistory.TAGS + tag, row));
    }
  }

  private int baseCode(long amount, long base) {
    if (!plan.base() || base == amount) {
      return SAME_BASE;
    }
    return base == Amount.NO_BASE ? NO_BASE : OTHER_BASE;
  }

  /** A value's place in the order of first sight, counted from 1; 0 is none, a new one follows. */
  private void writeTag(StampTable indexes, long value) {
    if (value == Event.NO_VALUE) {
      out.unsigned(0);
      return;
    }
    int index = indexes.put(value);
    out.unsigned((index < 0 ? ~index : index) + 1L);
    if (index < 0) {
      out.fixed(value, Long.BYTES);
    }
  }

  /**
   * Reads a history.
   *
   * @throws IllegalStateException if the bytes are of another version or damaged
   */
  public EntityHistory read(byte[] bytes) {
    VarintInput in = new VarintInput(bytes);
    long version = in.unsigned();
    if (version != VERSION) {
      throw new IllegalStateException(
          "history of version " + version + " cannot be read; this program writes " + VERSION);
    }
    EntityHistory history = new EntityHistory(plan);
    history.firstSeenMs = in.signed();
    history.newestMs = in.signed();
    for (int i = 0; i < history.lastPassedMs.length; i++) {
      long ago = in.unsigned();
      history.lastPassedMs[i] = ago == 0 ? Long.MIN_VALUE : history.newestMs - ago + 1;
    }
    readRing(in, history);
    if (in.unsigned() == 1) {
      history.tiles = tilesCodec.read(in);
    }
    return history;
  }

  private void readRing(VarintInput in, EntityHistory history) {
    int[] currencies = new int[in.count()];
    for (int i = 0; i < currencies.length; i++) {
      currencies[i] = (int) in.signed();
    }
    int[] kept = plan.tags();
    long[][] known = new long[kept.length][EntityHistory.RING];
    int[] sizes = new int[kept.length];
    int tags = kept.length == 0 ? 0 : kept[kept.length - 1] + 1;
    int events = in.count();
    long timeMs = 0;
    for (int i = 0; i < events; i++) {
      timeMs += in.signed();
      long id = in.fixed(ID_BYTES);
      long amount = in.signed();
      long flags = in.unsigned();
      long base = readBase(in, (int) ((flags >>> 1) & 3), amount);
      int currency = currencies[currencies.length > 1 ? in.count() : 0];
      long[] values = new long[tags];
      for (int tag = 0; tag < kept.length; tag++) {
        int index = in.count();
        if (index > sizes[tag]) {
          known[tag][sizes[tag]++] = in.fixed(Long.BYTES);
        }
        values[kept[tag]] = index == 0 ? Event.NO_VALUE : known[tag][index - 1];
      }
      history.put(
          new Event(timeMs, id, new Amount(amount, base, currency), flags >>> 3, values),
          (flags & 1) == 1);
    }
  }

  private static long readBase(VarintInput in, int code, long amount) {
    return switch (code) {
      case SAME_BASE -> amount;
      case NO_BASE -> Amount.NO_BASE;
      default -> in.signed();
    };
  }
}
