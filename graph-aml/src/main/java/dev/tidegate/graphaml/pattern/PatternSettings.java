package dev.tidegate.graphaml.pattern;

import java.io.Serializable;

/**
 * From where on a finding is worth an alert, and how long alerts live.
 *
 * @param widths smallest shapes that raise an alert
 * @param times how long
 * @param bounds how much evidence an alert carries
 */
public record PatternSettings(Widths widths, Times times, Bounds bounds) implements Serializable {
  /**
   * Smallest shapes. 0 switches a pattern off.
   *
   * @param cycle payments of a cycle whose money is the same all the way round
   * @param fanIn payers of one account within the longest window
   * @param fanOut payees of one account within the longest window
   * @param gatherScatter k payers of an account before k payees
   * @param scatterGather middlemen between two accounts
   * @param passThrough payments of a chain that passes the same money on
   */
  public record Widths(
      int cycle, int fanIn, int fanOut, int gatherScatter, int scatterGather, int passThrough)
      implements Serializable {}

  /**
   * How long.
   *
   * @param waitMs most time that an account of a chain keeps the money
   * @param quietMs an episode to which nothing was added for so long is closed
   * @param longestMs an episode that began so long ago is closed, and another begins
   */
  public record Times(long waitMs, long quietMs, long longestMs) implements Serializable {}

  /**
   * How much evidence.
   *
   * @param payments most payments that an episode lists; the rest is counted
   * @param accounts most accounts of these
   */
  public record Bounds(int payments, int accounts) implements Serializable {}

  /** Refuses what cannot be meant. */
  public PatternSettings {
    check(widths.cycle == 0 || widths.cycle >= 2, "cycle: 2 or more payments, or 0 for none");
    check(widths.passThrough == 0 || widths.passThrough >= 2, "pass-through: 2 or more, or 0");
    check(
        Math.min(
                Math.min(widths.fanIn, widths.fanOut),
                Math.min(widths.gatherScatter, widths.scatterGather))
            >= 0,
        "widths: 0 or more");
    check(times.quietMs > 0 && times.longestMs >= times.quietMs, "longest: at least quiet");
    check(times.waitMs >= 0, "wait: 0 or more");
    check(
        bounds.payments >= 8 && bounds.accounts >= 8, "evidence: 8 payments and accounts or more");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("patterns: " + what);
    }
  }

  /**
   * Every pattern from small widths on, which in ordinary traffic finds many that are none; what
   * ships stands in {@code config/graph.yaml}.
   */
  public static PatternSettings everything() {
    long day = 86_400_000L;
    return new PatternSettings(
        new Widths(3, 6, 6, 4, 4, 4), new Times(2 * day, 7 * day, 30 * day), new Bounds(60, 40));
  }
}
