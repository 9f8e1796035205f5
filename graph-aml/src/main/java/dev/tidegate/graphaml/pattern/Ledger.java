package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Hop;

/** Tells of a payment what the graph does not keep: names, and the amount in its own currency. */
@FunctionalInterface
public interface Ledger {
  /** The payment of a hop, which is in the graph. */
  Edge edge(Hop hop);
}
