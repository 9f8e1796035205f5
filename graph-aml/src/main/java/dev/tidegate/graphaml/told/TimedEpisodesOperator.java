package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.KeyedEvidence;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Episodes;
import dev.tidegate.graphaml.pattern.EvidenceBook;
import dev.tidegate.graphaml.pattern.PatternTracker.Arrival;
import dev.tidegate.graphaml.replica.Spotted;
import dev.tidegate.graphaml.replica.SpottedCodec;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.metric.Metric.Tag;
import java.io.Serial;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;

/**
 * Episodes of patterns from what the shards saw: one task, which takes payments in the order of
 * time, then id, since shards number nothing.
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
    return edge(left).transactionId().compareTo(edge(right).transactionId());
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
    book.keep(edge);
    for (PatternAlert alert :
        episodes.added(
            timeMs,
            open -> spotted.sightings().stream().map(one -> one.by(edge.hop(), open)).toList(),
            new Arrival(edge.transactionId(), spotted.ingestedAtMs()),
            book)) {
      emit(alert, timeMs);
      Objects.requireNonNull(alerts.get(alert.getPattern())).inc();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    book.flush();
    episodes.flush();
    super.snapshotState(context);
  }
}
