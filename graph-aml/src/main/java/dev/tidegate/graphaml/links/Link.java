package dev.tidegate.graphaml.links;

import java.util.List;

/**
 * Two members that belong together.
 *
 * @param left the member whose name comes first
 * @param right the other
 * @param weight sum over the kinds of {@code reasons}, each once
 * @param reasons what they share, by kind and value
 */
public record Link(String left, String right, double weight, List<LinkReason> reasons) {
  /** Keeps a copy. */
  public Link {
    reasons = List.copyOf(reasons);
  }
}
