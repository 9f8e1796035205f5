package dev.tidegate.retrain.gate;

import dev.tidegate.scoring.model.Model;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long a model takes for one payment alone. Other work of the machine only ever adds, so of
 * several passes the quickest counts.
 */
public final class LatencyProbe {
  private static final int PASSES = 5;
  private static final int ROWS = 1_000;
  private static final double SHARE = 0.99;
  private static final double NANOS_A_MS = 1e6;

  private LatencyProbe() {}

  /**
   * The 99th percentile in milliseconds.
   *
   * @param rows whole rows, at least one, row-major
   * @param nanos a monotonic clock
   */
  public static double millis(Model model, float[] rows, LongSupplier nanos) {
    int width = model.width();
    int count = rows.length / width;
    double best = Double.POSITIVE_INFINITY;
    long[] times = new long[ROWS];
    float[] row = new float[width];
    float[] score = new float[1];
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = 0; i < ROWS; i++) {
        System.arraycopy(rows, i % count * width, row, 0, width);
        long begun = nanos.getAsLong();
        model.score(row, 1, score);
        times[i] = nanos.getAsLong() - begun;
      }
      Arrays.sort(times);
      best = Math.min(best, times[(int) (SHARE * (ROWS - 1))] / NANOS_A_MS);
    }
    return best;
  }
}
