package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A history as bytes. A plain event takes about 15 to 20: time and amount as differences in
 * variable length, 6 bytes of its id, and a place in a list of values for each tag.
 *
 * <pre>
 * version | first seen | newest | [kept since] | last passed, each filter
 * currencies | events n | n x (time | id | amount | flags and filters | [base] | [currency] | tags)
 * 0 or 1, then the tiles | version 2 and 3: then when they start
 * </pre>
 *
 * Version 3 is written only where events are missing that a wider layout asks for, see {@link
 * EntityHistory#lacks}; version 2 where only tiles lack something, see {@link TileStarts}; else
 * version 1.
 *
 * <p>The running sums are not written but made again. The bytes do not say which layout they are
 * of: whoever keeps them does, once for all of them. Not thread safe.
 */
public final class HistoryCodec {
  static final int VERSION = 3;
  private static final int WITH_STARTS = 2;
  private static final int WITHOUT_STARTS = 1;
  private static final int ID_BYTES = 6;
  private static final int SAME_BASE = 0;
  private static final int NO_BASE = 1;
  private static final int OTHER_BASE = 2;

  private final HistoryPlan plan;
  private final TilesCodec tilesCodec;
  private final ColumnSums columnSums;
  private final VarintOutput out = new VarintOutput();
  private final List<StampTable> tagIndexes = new ArrayList<>();
  private final long[][] tagValues;
  private final int[] known;

  HistoryCodec(HistoryPlan plan) {
    this.plan = plan;
    this.tilesCodec = new TilesCodec(plan);
    this.columnSums = new ColumnSums(plan);
    for (int i = 0; i < plan.tags().length; i++) {
      tagIndexes.add(new StampTable());
    }
    tagValues = new long[plan.tags().length][EntityHistory.RING];
    known = new int[plan.tags().length];
  }

  /** Writes a history. */
  public byte[] write(EntityHistory history) {
    out.clear();
    Tiles tiles = history.tiles;
    TileStarts starts = tiles == null ? null : tiles.starts;
    boolean lacks = history.keptSinceMs != EntityHistory.ALWAYS;
    int version = lacks ? VERSION : starts == null ? WITHOUT_STARTS : WITH_STARTS;
    out.unsigned(version);
    out.signed(history.firstSeenMs);
    out.signed(history.newestMs);
    if (lacks) {
      out.signed(history.newestMs - history.keptSinceMs);
    }
    for (long passedMs : history.lastPassedMs) {
      out.unsigned(passedMs == Long.MIN_VALUE ? 0 : history.newestMs - passedMs + 1);
    }
    writeRing(history);
    if (tiles == null) {
      out.unsigned(0);
    } else {
      out.unsigned(1);
      tilesCodec.write(tiles, out);
    }
    if (tiles != null && version != WITHOUT_STARTS) {
      (starts == null ? new TileStarts(plan) : starts).write(tiles.newestMs, out);
    }
    return out.toBytes();
  }

  private void writeRing(EntityHistory history) {
    Rows ring = history.ring;
    List<Long> currencies = currencies(history);
    out.unsigned(currencies.size());
    currencies.forEach(out::signed);
    for (StampTable indexes : tagIndexes) {
      indexes.clear(ring.size());
    }
    out.unsigned(ring.size());
    long previousMs = 0;
    for (int row = ring.first(); row <= ring.last(); row++) {
      out.signed(ring.time(row) - previousMs);
      previousMs = ring.time(row);
      writeEvent(ring, row, currencies);
    }
  }

  private static List<Long> currencies(EntityHistory history) {
    Rows ring = history.ring;
    if (ring.size() > 0 && !history.mixed) {
      return List.of(ring.value(EntityHistory.CURRENCY, ring.first()));
    }
    List<Long> found = new ArrayList<>();
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

  /** Where nobody asks for converted amounts, none is kept: the own amount stands in its place. */
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
    if (version < WITHOUT_STARTS || version > VERSION) {
      throw new IllegalStateException(
          "history of version " + version + " cannot be read; this program reads 1 to " + VERSION);
    }
    EntityHistory history = new EntityHistory(plan);
    history.firstSeenMs = in.signed();
    history.newestMs = in.signed();
    if (version == VERSION) {
      history.keptSinceMs = history.newestMs - in.signed();
    }
    for (int i = 0; i < history.lastPassedMs.length; i++) {
      long ago = in.unsigned();
      history.lastPassedMs[i] = ago == 0 ? Long.MIN_VALUE : history.newestMs - ago + 1;
    }
    readRing(in, history);
    if (in.unsigned() == 1) {
      Tiles tiles = tilesCodec.read(in);
      if (version != WITHOUT_STARTS) {
        TileStarts starts = new TileStarts(plan);
        starts.read(tiles.newestMs, in);
        tiles.starts = starts.newest() == TileStarts.ALWAYS ? null : starts;
      }
      history.tiles = tiles;
    }
    return history;
  }

  private void readRing(VarintInput in, EntityHistory history) {
    int[] currencies = new int[in.count()];
    for (int i = 0; i < currencies.length; i++) {
      currencies[i] = (int) in.signed();
    }
    int events = in.count();
    if (events > EntityHistory.RING) {
      throw new IllegalStateException("history bytes hold " + events + " events: damaged");
    }
    long[] times = history.ring.expect(events);
    Arrays.fill(known, 0);
    long timeMs = 0;
    for (int row = 0; row < events; row++) {
      timeMs += in.signed();
      times[row] = timeMs;
      readEvent(in, history.ring, row, currencies);
    }
    history.mixed = currencies.length > 1;
    columnSums.load(history.ring, times, events);
  }

  private void readEvent(VarintInput in, Rows ring, int row, int[] currencies) {
    ring.setValue(EntityHistory.ID, row, in.fixed(ID_BYTES));
    long amount = in.signed();
    ring.setValue(EntityHistory.AMOUNT, row, amount);
    long flags = in.unsigned();
    ring.setValue(EntityHistory.FRAUD, row, flags & 1);
    ring.setValue(EntityHistory.BITS, row, flags >>> 3);
    ring.setValue(EntityHistory.BASE, row, readBase(in, (int) ((flags >>> 1) & 3), amount));
    ring.setValue(EntityHistory.CURRENCY, row, currencies[currencies.length > 1 ? in.count() : 0]);
    for (int tag = 0; tag < tagValues.length; tag++) {
      int index = in.count();
      if (index > known[tag]) {
        tagValues[tag][known[tag]++] = in.fixed(Long.BYTES);
      }
      long value = index == 0 ? Event.NO_VALUE : tagValues[tag][index - 1];
      ring.setValue(EntityHistory.TAGS + tag, row, value);
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
