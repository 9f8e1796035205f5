package dev.tidegate.retrain.outcome;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Scores and outcomes counted, so that a cohort of any size fits in a few thousand cells: scores of
 * one cell differ by less than one part in 128 and rank as equal. Mutable; not thread safe.
 *
 * <p>A cell is the sign, exponent and first seven fraction bits of the score as a float, which sort
 * as the scores do. O(log cells) an observation.
 */
final class ScoreRanking {
  private static final byte VERSION = 1;
  private static final int BITS_LEFT_OUT = 16;

  private final NavigableMap<Integer, long[]> cells = new TreeMap<>();
  private long rows;
  private long frauds;

  /**
   * Takes an outcome.
   *
   * @param score in [0, 1]
   * @throws IllegalArgumentException outside of that
   */
  void add(double score, boolean fraud) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score must be in [0, 1], not " + score);
    }
    add(cell(score), 1, fraud ? 1 : 0);
  }

  private void add(int cell, long moreRows, long moreFrauds) {
    long[] counts = cells.computeIfAbsent(cell, any -> new long[2]);
    counts[0] += moreRows;
    counts[1] += moreFrauds;
    rows += moreRows;
    frauds += moreFrauds;
  }

  /** All that another one has counted. */
  void add(ScoreRanking other) {
    other.cells.forEach((cell, counts) -> add(cell, counts[0], counts[1]));
  }

  private static int cell(double score) {
    // Zero has two signs; the one that sorts first is taken.
    return Float.floatToIntBits((float) Math.abs(score)) >>> BITS_LEFT_OUT;
  }

  /** The score that stands for all of its cell. */
  static double standing(double score) {
    return Float.intBitsToFloat(cell(score) << BITS_LEFT_OUT);
  }

  long rows() {
    return rows;
  }

  long frauds() {
    return frauds;
  }

  /** Its figures. */
  RankingMetrics metrics() {
    double[] steps = new double[cells.size()];
    long[] fraudsDownTo = new long[steps.length];
    long[] rowsDownTo = new long[steps.length];
    int step = 0;
    long fraudsAbove = 0;
    long rowsAbove = 0;
    for (Map.Entry<Integer, long[]> cell : cells.descendingMap().entrySet()) {
      rowsAbove += cell.getValue()[0];
      fraudsAbove += cell.getValue()[1];
      steps[step] = Float.intBitsToFloat(cell.getKey() << BITS_LEFT_OUT);
      rowsDownTo[step] = rowsAbove;
      fraudsDownTo[step] = fraudsAbove;
      step++;
    }
    return RankingMetrics.ofSteps(steps, fraudsDownTo, rowsDownTo);
  }

  int byteSize() {
    return 1 + Integer.BYTES + cells.size() * (Integer.BYTES + 2 * Long.BYTES);
  }

  void write(ByteBuffer out) {
    out.put(VERSION).putInt(cells.size());
    cells.forEach((cell, counts) -> out.putInt(cell).putLong(counts[0]).putLong(counts[1]));
  }

  static ScoreRanking read(ByteBuffer in) {
    StateVersion.expect(VERSION, in, "ranking of scores");
    ScoreRanking ranking = new ScoreRanking();
    int size = in.getInt();
    for (int i = 0; i < size; i++) {
      int cell = in.getInt();
      long counted = in.getLong();
      ranking.add(cell, counted, in.getLong());
    }
    return ranking;
  }
}
