package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.GraphMetric.Dropped;
import dev.tidegate.graphaml.KeyedEvidence;
import dev.tidegate.graphaml.TaggedCounters;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Sighting;
import dev.tidegate.graphaml.replica.EpisodeKeeper;
import dev.tidegate.graphaml.replica.Spotted;
import dev.tidegate.graphaml.replica.SpottedCodec;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private transient EpisodeKeeper keeper;
  private transient TaggedCounters<Dropped> dropped;

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
    keeper =
        new EpisodeKeeper(
            stage,
            evidence,
            new TaggedCounters<>(
                getMetricGroup(), GraphMetric.PATTERN_ALERTS, LaunderingPattern.class));
    dropped = new TaggedCounters<>(getMetricGroup(), GraphMetric.DROPPED_SIGHTINGS, Dropped.class);
    getMetricGroup().gauge(GraphMetric.EPISODES.metric(), () -> keeper.open());
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
    boolean tooLate = timeMs + stage.graph().horizons().disorderMs() < keeper.book().newestMs();
    // A payment in time may yet close a pattern with it.
    keeper.book().keep(edge);
    keeper.added(spotted, edge, seen(spotted, tooLate), alert -> emit(alert, timeMs));
  }

  private List<Sighting> seen(Spotted spotted, boolean tooLate) {
    List<Sighting> seen = new ArrayList<>();
    for (Sighting sighting : spotted.sightings()) {
      if (tooLate) {
        dropped.inc(Dropped.TOO_LATE);
      } else if (sighting.hops().stream().allMatch(keeper.book()::holds)) {
        seen.add(sighting);
      } else {
        dropped.inc(Dropped.NO_EVIDENCE);
      }
    }
    return seen;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    keeper.flush();
    super.snapshotState(context);
  }
}
