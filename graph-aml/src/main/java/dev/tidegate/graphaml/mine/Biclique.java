package dev.tidegate.graphaml.mine;

import java.util.List;

/**
 * Accounts each of which paid each of some others; no account can be added to either side.
 *
 * @param payers ascending
 * @param payees ascending
 * @param score how many of its links there are, times their share of all links out of its payers
 *     and into its payees: large where it is most of what they do
 */
public record Biclique(List<Integer> payers, List<Integer> payees, double score) {
  /** Keeps copies. */
  public Biclique {
    payers = List.copyOf(payers);
    payees = List.copyOf(payees);
  }

  /** Accounts of the smaller side. */
  public int width() {
    return Math.min(payers.size(), payees.size());
  }

  /** How many links it has. */
  public long links() {
    return (long) payers.size() * payees.size();
  }
}
