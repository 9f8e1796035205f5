package dev.tidegate.features.history;

import java.util.Arrays;

/**
 * From when on a busy entity's tiles hold what a newer catalogue asks for and the older one did not
 * keep: each series, each level and each sample holds all events after its start. An answer that
 * looks further back is missing.
 */
final class TileStarts {
  /** It holds all that was ever kept. */
  static final long ALWAYS = Long.MIN_VALUE;

  /** By the series' index among {@link SeriesPlan#places}. */
  final long[] series;

  final long[] levels;

  /** By the pair's index among {@link HistoryPlan#pairs}. */
  final long[] samples;

  TileStarts(HistoryPlan plan) {
    series = new long[plan.series().places().size()];
    levels = new long[plan.levels()];
    samples = new long[plan.pairs().size()];
    for (long[] starts : all()) {
      Arrays.fill(starts, ALWAYS);
    }
  }

  private long[][] all() {
    return new long[][] {series, levels, samples};
  }

  /** The newest start. */
  long newest() {
    long newest = ALWAYS;
    for (long[] starts : all()) {
      for (long start : starts) {
        newest = Math.max(newest, start);
      }
    }
    return newest;
  }

  /** Whether tiles from one on hold some series whole. */
  boolean holds(int[] wanted, int level, long tileMs) {
    boolean holds = levels[level] < tileMs;
    for (int at : wanted) {
      holds &= series[at] < tileMs;
    }
    return holds;
  }

  void write(long newestMs, VarintOutput out) {
    for (long[] starts : all()) {
      for (long start : starts) {
        out.unsigned(start == ALWAYS ? 0 : newestMs - start + 1);
      }
    }
  }

  void read(long newestMs, VarintInput in) {
    for (long[] starts : all()) {
      for (int i = 0; i < starts.length; i++) {
        long before = in.unsigned();
        starts[i] = before == 0 ? ALWAYS : newestMs - before + 1;
      }
    }
  }
}
