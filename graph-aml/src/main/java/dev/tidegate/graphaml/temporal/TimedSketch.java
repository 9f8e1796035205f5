package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Distinct accounts since any moment, estimated: HyperLogLog (Flajolet and others, 2007) with 256
 * registers, in which each rank keeps the newest time it was seen, so that a register's value in
 * any window is the largest rank seen within it. Standard error 6.5 %; 48 KiB. An estimate looks at
 * no more than the ranks of all registers.
 */
public final class TimedSketch {
  private static final int REGISTERS = 256;
  private static final int RANKS = 24;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);
  private static final double SMALL = 2.5 * REGISTERS;

  private final long[] newest = new long[REGISTERS * RANKS];

  /** One that has seen nothing. */
  public TimedSketch() {
    Arrays.fill(newest, Long.MIN_VALUE);
  }

  /** Counts an account's key in at a time. */
  public void add(long key, long timeMs) {
    long hash = Mixing.mix(key ^ 0x9E3779B97F4A7C15L);
    int register = (int) (hash & (REGISTERS - 1));
    int rank = Math.min(RANKS - 1, Long.numberOfLeadingZeros(hash));
    int at = register * RANKS + rank;
    newest[at] = Math.max(newest[at], timeMs);
  }

  /** About how many accounts were counted in after a time. */
  public double since(long timeMs) {
    double sum = 0;
    int empty = 0;
    for (int register = 0; register < REGISTERS; register++) {
      int rank = RANKS - 1;
      while (rank >= 0 && newest[register * RANKS + rank] <= timeMs) {
        rank--;
      }
      empty += rank < 0 ? 1 : 0;
      sum += 1.0 / (1L << (rank + 1));
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    if (estimate <= SMALL && empty > 0) {
      return REGISTERS * Math.log((double) REGISTERS / empty);
    }
    return estimate;
  }
}
