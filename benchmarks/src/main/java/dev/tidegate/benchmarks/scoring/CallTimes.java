package dev.tidegate.benchmarks.scoring;

import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Model;
import org.HdrHistogram.Histogram;

/**
 * Times of single calls of one model at one batch.
 *
 * @param way which model, and where
 * @param batch rows a call
 * @param p50Millis a call, milliseconds
 * @param p99Millis a call
 * @param rowsPerSecond of all calls together
 */
public record CallTimes(
    String way, int batch, double p50Millis, double p99Millis, double rowsPerSecond) {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double NANOS_A_SECOND = 1e9;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  /**
   * Calls a model for a slice of time in each round. The first round warms up and does not count.
   *
   * @param pool rows that batches are taken from, one after another: a whole number of batches
   */
  static CallTimes of(
      String way, Model model, int batch, float[] pool, ScoringBench.Slices slices) {
    int width = model.width();
    int batches = pool.length / (batch * width);
    float[] rows = new float[batch * width];
    float[] scores = new float[batch];
    Histogram nanos = new Histogram(LONGEST_NANOS, 3);
    for (int round = 0; round <= slices.rounds(); round++) {
      Stopwatch watch = new Stopwatch();
      for (int call = 0; watch.seconds() < slices.seconds(); call++) {
        System.arraycopy(pool, call % batches * rows.length, rows, 0, rows.length);
        long begun = WallClock.nanos();
        model.score(rows, batch, scores);
        if (round > 0) {
          nanos.recordValue(Math.min(LONGEST_NANOS, WallClock.nanos() - begun));
        }
      }
    }
    return new CallTimes(
        way,
        batch,
        nanos.getValueAtPercentile(50) / NANOS_A_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_A_MILLI,
        batch * NANOS_A_SECOND / nanos.getMean());
  }

  /** Largest distance of two models' scores of the same rows. */
  static double largestDifference(Model one, Model other, float[] rows) {
    float[] ours = one.score(rows);
    float[] theirs = other.score(rows);
    double largest = 0;
    for (int row = 0; row < ours.length; row++) {
      largest = Math.max(largest, Math.abs(theirs[row] - ours[row]));
    }
    return largest;
  }
}
