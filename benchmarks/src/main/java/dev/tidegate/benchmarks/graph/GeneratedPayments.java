package dev.tidegate.benchmarks.graph;

import dev.tidegate.graphaml.temporal.Payment;
import java.util.SplittableRandom;

/**
 * A multigraph of constant degree at an even pace: in the window each account pays ten times and is
 * paid ten times on average; half of the payments go to one of eight neighbours, half to anybody.
 * Payment i is made from i and the seed alone, so that no stream has to be kept in memory.
 */
final class GeneratedPayments {
  private static final int DEGREE = 10;
  private static final int REACH = 4;
  private static final long MOST_MINOR = 1_500_000;

  private final long seed;
  private final int edges;
  private final long windowMs;
  private final int accounts;

  /**
   * The multigraph.
   *
   * @param edges payments in a window
   */
  GeneratedPayments(long seed, int edges, long windowMs) {
    this.seed = seed;
    this.edges = edges;
    this.windowMs = windowMs;
    accounts = edges / DEGREE;
  }

  /** The i-th payment. */
  Payment get(long i) {
    SplittableRandom random = random(i);
    int source = random.nextInt(accounts);
    int step = random.nextInt(2) == 0 ? neighbour(random) : random.nextInt(accounts);
    int target = Math.floorMod(source + step, accounts);
    return new Payment(i, source, target, timeMs(i), random.nextLong(1, MOST_MINOR), 0);
  }

  private SplittableRandom random(long i) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
  }

  private static int neighbour(SplittableRandom random) {
    int step = random.nextInt(REACH) + 1;
    return random.nextInt(2) == 0 ? step : -step;
  }

  /** The i-th payment with another payee. */
  Payment toHub(long i, long id, long hub) {
    Payment plain = get(i);
    return new Payment(id, plain.source(), hub, plain.timeMs(), plain.amountMinor(), 0);
  }

  private long timeMs(long i) {
    return (long) ((double) windowMs * i / edges);
  }
}
