package dev.tidegate.graphaml.mine;

import java.io.Serializable;

/**
 * What is looked for in an archive.
 *
 * @param sliceMs length of the time that is looked at as one graph, milliseconds
 * @param stepMs from the begin of a slice to that of the next, milliseconds; shorter than the
 *     slice, so that what is no longer than their difference lies whole in one
 * @param hubDegree an account with more payers and payees than this in a slice is in no search
 * @param seed of the order in which communities are grown
 * @param flows dense flows
 * @param bicliques bicliques
 * @param bounds what of it is told
 */
public record MineSettings(
    long sliceMs,
    long stepMs,
    int hubDegree,
    long seed,
    Flows flows,
    Bicliques bicliques,
    Bounds bounds)
    implements Serializable {
  /** Refuses what cannot be meant. */
  public MineSettings {
    if (sliceMs < 1 || stepMs < 1 || stepMs > sliceMs || hubDegree < 2) {
      throw new IllegalArgumentException(
          "a slice is 1 ms or longer, its step no longer than it, a hub has more than 2 partners");
    }
  }

  /**
   * Dense flows.
   *
   * @param parts payers, those between, payees: 3 or more
   * @param lambda how much money that stays counts against a flow, not negative
   * @param searches most flows of a slice, one taken out after another
   * @param middle fewest accounts that pass money on
   */
  public record Flows(int parts, double lambda, int searches, int middle) implements Serializable {
    /** Refuses what cannot be meant. */
    public Flows {
      if (parts < 3 || !(lambda >= 0) || searches < 0 || middle < 1) {
        throw new IllegalArgumentException(
            "flows have 3 parts or more, a lambda that is not negative, 0 searches or more, 1 middle"
                + " account or more");
      }
    }
  }

  /**
   * Bicliques.
   *
   * @param payers fewest payers
   * @param payees fewest payees
   * @param steps most comparisons of two lists in a slice
   * @param listed most bicliques of a slice, the best
   */
  public record Bicliques(int payers, int payees, long steps, int listed) implements Serializable {
    /** Refuses what cannot be meant. */
    public Bicliques {
      if (payers < 1 || payees < 1 || steps < 0 || listed < 0) {
        throw new IllegalArgumentException(
            "bicliques have 1 account a side or more; steps and listed are not negative");
      }
    }
  }

  /**
   * Bounds of what is told.
   *
   * @param cases most cases of each search
   * @param payments most payments of a case's evidence, from 2
   * @param accounts most accounts of a case's evidence, from 2
   */
  public record Bounds(int cases, int payments, int accounts) implements Serializable {
    /** Refuses what cannot be meant. */
    public Bounds {
      if (cases < 0 || payments < 2 || accounts < 2) {
        throw new IllegalArgumentException(
            "cases are not negative; an evidence has 2 payments and 2 accounts or more");
      }
    }
  }

  /** Begin of the first slice that a moment lies in; the others follow by a step each. */
  public long firstSlice(long timeMs) {
    return (Math.floorDiv(timeMs - sliceMs, stepMs) + 1) * stepMs;
  }
}
