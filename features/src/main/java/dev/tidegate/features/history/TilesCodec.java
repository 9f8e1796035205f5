package dev.tidegate.features.history;

/** The tiles of a history as bytes: what each row adds, not the running sums. */
final class TilesCodec {
  private final HistoryPlan plan;
  private final long[] sums;
  private final long[] peaks;

  TilesCodec(HistoryPlan plan) {
    this.plan = plan;
    this.sums = new long[plan.series().sums()];
    this.peaks = new long[plan.series().peaks()];
  }

  void write(Tiles tiles, VarintOutput out) {
    out.signed(tiles.newestMs);
    out.unsigned(tiles.currencies.size());
    for (int i = 0; i < tiles.currencies.size(); i++) {
      out.signed(tiles.currencies.get(i));
      Rows[] rows = tiles.levels.get(i);
      for (int level = 0; level < rows.length; level++) {
        writeRows(rows[level], plan.tileMs(level), out);
      }
    }
    for (TagSample sample : tiles.samples) {
      writeSample(sample, tiles.newestMs, out);
    }
  }

  private void writeRows(Rows rows, long tileMs, VarintOutput out) {
    out.unsigned(rows.size());
    long previous = 0;
    for (int row = rows.first(); row <= rows.last(); row++) {
      long index = Math.floorDiv(rows.time(row), tileMs);
      out.signed(index - previous);
      previous = index;
      writeSums(rows, row, out);
      for (int i = 0; i < peaks.length; i++) {
        long peak = rows.value(i, row);
        out.unsigned(peak == Long.MIN_VALUE ? 0 : 1);
        if (peak != Long.MIN_VALUE) {
          out.signed(peak);
        }
      }
    }
  }

  private void writeSums(Rows rows, int row, VarintOutput out) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = rows.own(i, row);
    }
    for (int pair : plan.series().pairs()) {
      sums[pair] = rows.upperSum(pair, row - 1, row);
    }
    for (long sum : sums) {
      out.signed(sum);
    }
  }

  private static void writeSample(TagSample sample, long newestMs, VarintOutput out) {
    out.unsigned(sample.level);
    out.unsigned(sample.size);
    for (int i = 0; i < sample.size; i++) {
      out.fixed(sample.values[i], Long.BYTES);
      out.signed(newestMs - sample.seenMs[i]);
      long before = sample.beforeMs[i];
      out.unsigned(before == TagSample.NEVER ? 0 : sample.seenMs[i] - before);
    }
  }

  Tiles read(VarintInput in) {
    Tiles tiles = new Tiles(plan);
    tiles.newestMs = in.signed();
    int currencies = in.count();
    for (int i = 0; i < currencies; i++) {
      Rows[] rows = tiles.of((int) in.signed());
      for (int level = 0; level < rows.length; level++) {
        readRows(in, rows[level], plan.tileMs(level));
      }
    }
    for (TagSample sample : tiles.samples) {
      sample.level = in.count();
      int size = in.count();
      for (int i = 0; i < size; i++) {
        readValue(in, sample, tiles.newestMs);
      }
    }
    return tiles;
  }

  private static void readValue(VarintInput in, TagSample sample, long newestMs) {
    long value = in.fixed(Long.BYTES);
    long seenMs = newestMs - in.signed();
    long apart = in.unsigned();
    sample.put(value, seenMs, apart == 0 ? TagSample.NEVER : seenMs - apart);
  }

  private void readRows(VarintInput in, Rows rows, long tileMs) {
    int size = in.count();
    long index = 0;
    for (int i = 0; i < size; i++) {
      index += in.signed();
      for (int at = 0; at < sums.length; at++) {
        sums[at] = in.signed();
      }
      for (int at = 0; at < peaks.length; at++) {
        peaks[at] = in.unsigned() == 0 ? Long.MIN_VALUE : in.signed();
      }
      rows.insert(index * tileMs, sums, peaks);
    }
  }
}
