package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.List;

/**
 * Episodes of laundering, payment by payment, beside one graph: what it finds is looked through for
 * sightings, which open {@link Episodes} and let them grow.
 *
 * <p>Deterministic: a function of the payments in their order. Cost: constant a payment without a
 * sighting; with one, its payments. Not thread safe.
 */
public final class PatternTracker {
  private final Spotter spotter;
  private final Episodes episodes;

  /**
   * The payment in hand.
   *
   * @param transactionId its id
   * @param ingestedAtMs wall clock when the door accepted it
   */
  public record Arrival(String transactionId, long ingestedAtMs) {}

  /**
   * A tracker with the episodes of a store.
   *
   * @param digest names the settings on each alert
   */
  public PatternTracker(
      PatternSettings settings,
      GraphSettings looked,
      TemporalGraph graph,
      EpisodeStore store,
      String digest) {
    spotter = new Spotter(settings, looked, graph);
    episodes = new Episodes(settings, store, digest, graph.newestMs());
  }

  /** Episodes that are open. */
  public int open() {
    return episodes.open();
  }

  /**
   * Takes a payment that the graph has just added.
   *
   * @return alerts to send: what time has closed, then what has opened or grown
   */
  public List<PatternAlert> added(
      Payment payment, Findings findings, Arrival arrival, Ledger ledger) {
    return episodes.added(
        payment.timeMs(), open -> spotter.of(payment, findings, open), arrival, ledger);
  }

  /** Puts into the store what changed; before each checkpoint. */
  public void flush() {
    episodes.flush();
  }
}
