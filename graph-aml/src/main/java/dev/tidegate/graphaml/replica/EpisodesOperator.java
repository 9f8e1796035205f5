package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.KeyedEvidence;
import dev.tidegate.graphaml.TaggedCounters;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Episodes of patterns from what the replicas saw: one task, which takes payments in the order of
 * their numbers, so in the order in which every replica took them. What comes early waits; a
 * checkpoint finds nothing waiting, unless it overtakes what is under way.
 */
final class EpisodesOperator extends AbstractStreamOperator<PatternAlert>
    implements OneInputStreamOperator<Spotted, PatternAlert> {
  /** The key of all payments. */
  static final Integer KEY = 0;

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final GraphConfig stage;

  // runtime
  private transient KeyedEvidence evidence;
  private transient ValueState<long[]> before;
  private transient MapState<Long, long[]> beforeIds;
  private transient ValueState<Long> numbers;
  private transient ListState<Spotted> early;
  private transient EpisodeKeeper keeper;
  private transient Map<Long, Spotted> waiting;
  private transient long next;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState and open
  EpisodesOperator(GraphConfig stage) {
    this.stage = stage;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    KeyedStateStore states = context.getKeyedStateStore();
    evidence = KeyedEvidence.of(states);
    var longs = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    before = states.getState(new ValueStateDescriptor<>("graph-evidence", longs));
    beforeIds =
        states.getMapState(new MapStateDescriptor<>("graph-evidence-ids", Types.LONG, longs));
    numbers = states.getState(new ValueStateDescriptor<>("graph-next", Types.LONG));
    early =
        states.getListState(
            new ListStateDescriptor<>("graph-early", SpottedCodec.INSTANCE.information()));
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
    // Builds before the book knew by these which payments to let go.
    before.clear();
    beforeIds.clear();
    Long known = numbers.value();
    next = known == null ? 1 : known;
    waiting = new HashMap<>();
    for (Spotted spotted : early.get()) {
      waiting.put(spotted.number(), spotted);
    }
    getMetricGroup().gauge(GraphMetric.EPISODES.metric(), () -> keeper.open());
  }

  @Override
  public void processElement(StreamRecord<Spotted> element) {
    Spotted spotted = element.getValue();
    if (spotted.number() != next) {
      waiting.put(spotted.number(), spotted);
      return;
    }
    while (spotted != null) {
      next++;
      take(spotted);
      spotted = waiting.isEmpty() ? null : waiting.remove(next);
    }
  }

  private void take(Spotted spotted) {
    Edge edge = spotted.edge();
    if (edge != null) {
      long timeMs = edge.hop().timeMs();
      keeper.book().keep(edge);
      keeper.added(
          spotted,
          edge,
          spotted.sightings(),
          alert -> output.collect(new StreamRecord<>(alert, timeMs)));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    keeper.flush();
    numbers.update(next);
    early.update(new ArrayList<>(waiting.values()));
    super.snapshotState(context);
  }
}
