package dev.tidegate.benchmarks.loop;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.scoring.loop.ScoringSettings.Batching;
import dev.tidegate.scoring.loop.ScoringSettings.Limits;
import dev.tidegate.scoring.release.LoadedRelease;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One buffer against two, side by side: round by round each on a full topic of its own, so that
 * what else the machine does meets all alike.
 */
final class BufferTrials {
  private static final double WARM_SHARE = 0.25;

  private final int rows;
  private final int rounds;
  private final long seed;
  private final Terminal terminal;

  /**
   * Nothing is measured yet.
   *
   * @param rows in the full topic
   */
  BufferTrials(int rows, int rounds, long seed, Terminal terminal) {
    this.rows = rows;
    this.rounds = rounds;
    this.seed = seed;
    this.terminal = terminal;
  }

  /** How a loop runs. */
  private enum Way {
    ONE_NO_LIMIT(1, Duration.ZERO),
    ONE(1, Limits.SHIPPED.modelLimit()),
    TWO(2, Limits.SHIPPED.modelLimit());

    private final int buffers;
    private final Duration limit;

    Way(int buffers, Duration limit) {
      this.buffers = buffers;
      this.limit = limit;
    }
  }

  /** Measures a release under each way. */
  LoopFigures.Buffers compare(String model, LoadedRelease release) {
    Map<Way, double[]> found = new EnumMap<>(Way.class);
    for (int round = 0; round < rounds; round++) {
      for (Way way : Way.values()) {
        double[] rates = found.computeIfAbsent(way, none -> new double[rounds]);
        rates[round] = rowsPerSecond(way, release);
      }
    }
    double direct = median(found, Way.ONE_NO_LIMIT);
    double one = median(found, Way.ONE);
    double two = median(found, Way.TWO);
    return new LoopFigures.Buffers(model, rounds, direct, one, two, one / direct, two / one);
  }

  private double rowsPerSecond(Way way, LoadedRelease release) {
    try (LoopRun run = new LoopRun(release, seed, terminal)) {
      run.preload(rows);
      run.start(
          new Batching(Batching.NATURAL.rows(), Duration.ZERO, way.buffers),
          new Limits(Duration.ZERO, way.limit));
      run.awaitDecided((long) (rows * WARM_SHARE));
      Stopwatch watch = new Stopwatch();
      long before = run.decided();
      run.awaitDecided(rows);
      return (run.decided() - before) / watch.seconds();
    }
  }

  private static double median(Map<Way, double[]> found, Way way) {
    double[] sorted = Objects.requireNonNull(found.get(way)).clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
