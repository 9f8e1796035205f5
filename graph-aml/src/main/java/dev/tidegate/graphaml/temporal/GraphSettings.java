package dev.tidegate.graphaml.temporal;

import java.io.Serializable;
import java.util.List;

/**
 * What a graph looks at.
 *
 * @param windows windows of counts, amounts and fans, the shortest first; the longest is the window
 *     of every pattern
 * @param horizons how far back other things reach
 * @param limits what keeps a payment's cost bounded
 * @param tolerance two amounts count as the same money if they differ by at most this share of the
 *     larger, 0 to 1
 * @param currencies currencies of payments, which name them by their place here
 */
public record GraphSettings(
    List<TimeWindow> windows,
    Horizons horizons,
    Limits limits,
    double tolerance,
    List<CurrencyRule> currencies)
    implements Serializable {
  /** Payments of the longest cycle that a graph can be set to look for. */
  public static final int MOST_HOPS = 12;

  /** Payments of the longest cycle that signals count as shipped, and that shards look for. */
  public static final int COUNTED_HOPS = 6;

  /**
   * How far back.
   *
   * @param disorderMs how far a payment may stand behind the newest; one beyond is too late
   * @param memoryMs an account without a payment for so long is forgotten and counts as new
   * @param epochMs components are those of this epoch of time and the one before it
   */
  public record Horizons(long disorderMs, long memoryMs, long epochMs) implements Serializable {}

  /**
   * Bounds.
   *
   * @param hubDegree an account with more payments than this in the longest window, in and out
   *     together, is a hub; of a side with more, distinct peers are estimated
   * @param cycleHops payments of the longest cycle looked for, 2 to 12; those of more than 6 are
   *     listed and count in no signal of those with fewer
   * @param searchSteps payments that one search may look at; what it leaves out is counted, but for
   *     the search of cycles of more than 6, unless those are counted
   * @param listedPaths cycles of one payment that are listed; the rest is counted. As many again of
   *     more than 6 payments, whose rest is not
   * @param countsLonger whether there are signals of cycles of more than 6 payments
   * @param followsMoney whether there are signals of the trail of the payment's money
   */
  public record Limits(
      int hubDegree,
      int cycleHops,
      int searchSteps,
      int listedPaths,
      boolean countsLonger,
      boolean followsMoney)
      implements Serializable {
    /** Bounds under which there are signals neither of longer cycles nor of trails. */
    public Limits(int hubDegree, int cycleHops, int searchSteps, int listedPaths) {
      this(hubDegree, cycleHops, searchSteps, listedPaths, false, false);
    }

    /**
     * The settings in the form that digests are over: one that is switched off is not in it, so
     * that digests of before there was one stay what they were.
     */
    @Override
    public String toString() {
      return "Limits[hubDegree="
          + hubDegree
          + ", cycleHops="
          + cycleHops
          + ", searchSteps="
          + searchSteps
          + ", listedPaths="
          + listedPaths
          + (countsLonger ? ", countsLonger=true" : "")
          + (followsMoney ? ", followsMoney=true]" : "]");
    }
  }

  /** Copies the lists and refuses what cannot be meant, with the setting and the range. */
  public GraphSettings {
    windows = List.copyOf(windows);
    currencies = List.copyOf(currencies);
    check(!windows.isEmpty(), "windows: at least one");
    for (int i = 1; i < windows.size(); i++) {
      check(windows.get(i - 1).ms() < windows.get(i).ms(), "windows: the shortest first");
    }
    check(!currencies.isEmpty(), "currencies: at least one");
    check(tolerance >= 0 && tolerance <= 1, "tolerance: 0 to 1");
    check(limits.hubDegree >= 1, "hubDegree: 1 or more");
    check(limits.cycleHops >= 2 && limits.cycleHops <= MOST_HOPS, "cycleHops: 2 to 12");
    check(
        !limits.countsLonger || limits.cycleHops > COUNTED_HOPS,
        "count-longer-cycles needs cycle-hops of 7 to 12: raise it, or leave longer cycles uncounted");
    check(limits.searchSteps >= 1, "searchSteps: 1 or more");
    check(limits.listedPaths >= 0, "listedPaths: 0 or more");
    check(horizons.disorderMs >= 0, "disorderMs: 0 or more");
    check(horizons.epochMs > 0, "epochMs: above 0");
    long retention = windows.get(windows.size() - 1).ms() + horizons.disorderMs;
    check(retention <= Times.LONGEST_MS, "longest window and disorder together: at most 45 days");
    check(
        horizons.memoryMs >= Math.max(retention, horizons.disorderMs + 2 * horizons.epochMs),
        "memoryMs: at least the disorder and the longest window, and the disorder and two epochs");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("graph settings: " + what);
    }
  }

  /**
   * A day and seven days, an hour of disorder, accounts remembered for 90 days, components of a day
   * and the day before, hubs from 500 payments, cycles of up to 6 hops, a tolerance of 15 %, and
   * one currency with a limit of 10,000.00 and round amounts of 100.00.
   */
  public static GraphSettings defaults() {
    long day = TimeWindow.DAY.ms();
    return new GraphSettings(
        List.of(TimeWindow.DAY, TimeWindow.WEEK),
        new Horizons(TimeWindow.HOUR.ms(), 90 * day, day),
        new Limits(500, COUNTED_HOPS, 2_000, 16),
        0.15,
        List.of(new CurrencyRule("EUR", 1, 1_000_000, 0.1, 10_000)));
  }

  /** The window of every pattern: the longest. */
  public TimeWindow patternWindow() {
    return windows.get(windows.size() - 1);
  }

  /** For how long payments are kept: a late one still sees its whole window. */
  public long retentionMs() {
    return patternWindow().ms() + horizons.disorderMs;
  }

  /** Whether two amounts may be the same money. */
  public boolean sameMoney(long left, long right) {
    long smaller = Math.min(left, right);
    return smaller >= 0 && smaller >= (1 - tolerance) * Math.max(left, right);
  }
}
