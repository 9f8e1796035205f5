package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.GraphMetric.Dropped;
import dev.tidegate.graphaml.KeyedEvidence;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Episodes;
import dev.tidegate.graphaml.pattern.EvidenceBook;
import dev.tidegate.graphaml.pattern.PatternTracker.Arrival;
import dev.tidegate.graphaml.pattern.Sighting;
import dev.tidegate.graphaml.replica.Spotted;
import dev.tidegate.graphaml.replica.SpottedCodec;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.metric.Metric.Tag;
import java.io.Serial;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;

/**
 * Episodes of patterns from what the shards saw: one task, which takes payments in the order of
 * time, equal times by their fingerprints, as the shards do, which number nothing. Shards find
 * whatever late payment closes a pattern; here, as in the one graph, none that is later than the
 * disorder does, for its evidence may be gone.
 */
final class TimedEpisodesOperator extends EventTimeOrderOperator<Spotted, PatternAlert> {
  /** The key of all payments. */
  static final Integer KEY = 0;

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final GraphConfig stage;

  // runtime
  private transient KeyedEvidence evidence;
  private transient EvidenceBook book;
  private transient Episodes episodes;
  private transient Map<LaunderingPattern, Counter> alerts;
  private transient Map<Dropped, Counter> dropped;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState and open
  TimedEpisodesOperator(GraphConfig stage) {
    super(SpottedCodec.INSTANCE, GraphMetric.LATE, GraphMetric.WAITING);
    this.stage = stage;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    evidence = KeyedEvidence.of(context.getKeyedStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    setCurrentKey(KEY);
    book = evidence.book(stage.graph());
    episodes = new Episodes(stage.patterns(), evidence, stage.digest(), book.newestMs());
    alerts = new EnumMap<>(LaunderingPattern.class);
    for (LaunderingPattern pattern : LaunderingPattern.values()) {
      alerts.put(
          pattern,
          getMetricGroup()
              .addGroup("pattern", Tag.text(pattern))
              .counter(GraphMetric.PATTERN_ALERTS.metric()));
    }
    dropped = new EnumMap<>(Dropped.class);
    for (Dropped reason : Dropped.values()) {
      dropped.put(
          reason,
          getMetricGroup()
              .addGroup("reason", Tag.text(reason))
              .counter(GraphMetric.DROPPED_SIGHTINGS.metric()));
    }
    getMetricGroup().gauge(GraphMetric.EPISODES.metric(), () -> episodes.open());
  }

  private static Edge edge(Spotted spotted) {
    return Objects.requireNonNull(spotted.edge(), "shards tell of payments that they took");
  }

  @Override
  protected long timeOf(Spotted spotted) {
    return edge(spotted).hop().timeMs();
  }

  @Override
  protected int compareTies(Spotted left, Spotted right) {
    Hop one = edge(left).hop();
    Hop other = edge(right).hop();
    int byId = Long.compare(one.payment(), other.payment());
    int byPayer = byId != 0 ? byId : Long.compare(one.from(), other.from());
    return byPayer != 0 ? byPayer : Long.compare(one.to(), other.to());
  }

  /** Accounts count them. */
  @Override
  protected boolean countsAsLate(Spotted spotted) {
    return false;
  }

  @Override
  protected void process(Spotted spotted, boolean late) {
    Edge edge = edge(spotted);
    long timeMs = edge.hop().timeMs();
    boolean tooLate = timeMs + stage.graph().horizons().disorderMs() < book.newestMs();
    // A payment in time may yet close a pattern with it.
    book.keep(edge);
    List<Sighting> seen = seen(spotted, tooLate);
    for (PatternAlert alert :
        episodes.added(
            timeMs,
            open -> seen.stream().map(one -> one.by(edge.hop(), open)).toList(),
            new Arrival(edge.transactionId(), spotted.ingestedAtMs()),
            book)) {
      emit(alert, timeMs);
      Objects.requireNonNull(alerts.get(alert.getPattern())).inc();
    }
  }

  private List<Sighting> seen(Spotted spotted, boolean tooLate) {
    List<Sighting> seen = new ArrayList<>();
    for (Sighting sighting : spotted.sightings()) {
      if (tooLate) {
        drop(Dropped.TOO_LATE);
      } else if (sighting.hops().stream().allMatch(book::holds)) {
        seen.add(sighting);
      } else {
        drop(Dropped.NO_EVIDENCE);
      }
    }
    return seen;
  }

  private void drop(Dropped reason) {
    Objects.requireNonNull(dropped.get(reason)).inc();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    book.flush();
    episodes.flush();
    super.snapshotState(context);
  }
}
