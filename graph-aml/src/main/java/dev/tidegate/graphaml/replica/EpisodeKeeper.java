package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.KeyedEvidence;
import dev.tidegate.graphaml.TaggedCounters;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Episodes;
import dev.tidegate.graphaml.pattern.EvidenceBook;
import dev.tidegate.graphaml.pattern.PatternTracker.Arrival;
import dev.tidegate.graphaml.pattern.Sighting;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one task keeps that makes episodes of what other tasks saw: the payments that may become
 * evidence, and the open episodes. The state is under the key that is set when it is used.
 */
public final class EpisodeKeeper {
  private final EvidenceBook book;
  private final Episodes episodes;
  private final TaggedCounters<LaunderingPattern> alerts;

  /** Goes on with what the state holds. */
  public EpisodeKeeper(
      GraphConfig stage, KeyedEvidence evidence, TaggedCounters<LaunderingPattern> alerts) {
    book = evidence.book(stage.graph());
    episodes = new Episodes(stage.patterns(), evidence, stage.digest(), book.newestMs());
    this.alerts = alerts;
  }

  /** The payments that may become evidence. */
  public EvidenceBook book() {
    return book;
  }

  /** Episodes that may still grow. */
  public int open() {
    return episodes.open();
  }

  /**
   * Takes a payment that the book holds, and tells the versions of episodes that come of it.
   *
   * @param seen what of it is to be seen; it closes episodes that are over even if that is nothing
   */
  public void added(
      Spotted spotted, Edge edge, List<Sighting> seen, Consumer<PatternAlert> receiver) {
    List<PatternAlert> told =
        episodes.added(
            edge.hop().timeMs(),
            open -> seen.stream().map(one -> one.by(edge.hop(), open)).toList(),
            new Arrival(edge.transactionId(), spotted.ingestedAtMs()),
            book);
    for (PatternAlert alert : told) {
      receiver.accept(alert);
      alerts.inc(alert.getPattern());
    }
  }

  /** Writes what has changed since the last time. */
  public void flush() {
    book.flush();
    episodes.flush();
  }
}
