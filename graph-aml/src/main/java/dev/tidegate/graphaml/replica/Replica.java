package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.log.GraphLog;
import dev.tidegate.graphaml.log.LogStore;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Sighting;
import dev.tidegate.graphaml.pattern.Spotter;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import java.util.Objects;

/**
 * One graph of all payments that searches some of them. What it says of these is what a graph says
 * that searches all. Not thread safe.
 */
final class Replica {
  private final GraphLog log;
  private final Spotter spotter;

  /** As its log stands in a store. */
  Replica(GraphConfig stage, LogStore store) {
    log = new GraphLog(stage.graph(), store);
    log.list(stage.lists().hubNumbers(), stage.lists().riskyNumbers());
    spotter = new Spotter(stage.patterns(), stage.graph(), log.graph());
  }

  TemporalGraph graph() {
    return log.graph();
  }

  /** Puts a payment in that another replica searches. */
  void keep(Payment payment) {
    if (log.graph().restore(payment) == Outcome.ADDED) {
      log.added(payment);
    }
  }

  /** Puts a payment in and finds its signals; see {@link TemporalGraph#add}. */
  Outcome search(Payment payment, Findings findings) {
    Outcome outcome = log.graph().add(payment, findings);
    if (outcome == Outcome.ADDED) {
      log.added(payment);
    }
    return outcome;
  }

  /**
   * What was seen of the payment that was searched last, as evidence.
   *
   * @param number its place in the order of all payments
   */
  Spotted spotted(long number, Payment payment, Transaction event, Findings findings) {
    Edge edge =
        new Edge(
            log.graph().hop(payment),
            event.getTransactionId(),
            event.getPayerAccount(),
            Objects.requireNonNull(event.getPayeeAccount()),
            event.getAmountMinor(),
            event.getCurrency());
    // Which episodes are open is known elsewhere, so stars are told with all their payments.
    List<Sighting> sightings = spotter.of(payment, findings, joint -> false);
    return new Spotted(number, event.getIngestedAtMs(), edge, sightings);
  }

  /** Puts into the store what is not there yet; before each checkpoint. */
  void flush() {
    log.flush();
  }
}
