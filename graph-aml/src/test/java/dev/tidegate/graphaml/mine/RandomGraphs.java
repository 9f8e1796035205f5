package dev.tidegate.graphaml.mine;

import java.util.Random;

/** Random graphs of payments. */
final class RandomGraphs {
  private RandomGraphs() {}

  /** Payments between random accounts, some of an account to itself, amounts that often tie. */
  static MoneyGraph of(long seed, int accounts, int payments) {
    Random random = new Random(seed);
    MoneyGraph.Builder builder = new MoneyGraph.Builder(accounts);
    for (int i = 0; i < payments; i++) {
      builder.add(random.nextInt(accounts), random.nextInt(accounts), random.nextInt(6) * 10L);
    }
    return builder.build();
  }
}
