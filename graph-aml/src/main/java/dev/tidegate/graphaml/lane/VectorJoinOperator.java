package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * {@link VectorJoin} over keyed state, by payment id, and from when on there are signals, which all
 * tasks tell each other at a restart. The watermark is the graph's: vectors must come without, on a
 * stream that is idle.
 */
final class VectorJoinOperator
    extends KeyedCoProcessFunction<String, FeatureVector, GraphSignal, FeatureVector>
    implements CheckpointedFunction {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final int signals;
  private final String signalDigest;
  private final JoinBounds bounds;

  // runtime
  @SuppressWarnings("NullAway.Init") // set by initializeState, before open
  private transient VectorJoin join;

  private transient KeyedHalves halves;
  private transient Counter sent;
  private transient Counter alone;
  private transient Counter history;

  @SuppressWarnings("NullAway.Init") // set by initializeState, before open
  private transient ListState<Long> since;

  @SuppressWarnings("NullAway.Init") // transients are set by open
  VectorJoinOperator(int signals, String signalDigest, JoinBounds bounds) {
    this.signals = signals;
    this.signalDigest = signalDigest;
    this.bounds = bounds;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    join = new VectorJoin(signals, signalDigest, bounds);
    since =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("join-since", Types.LONG));
    for (long timeMs : since.get()) {
      join.since(timeMs);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    Long timeMs = join.sinceMs();
    since.update(timeMs == null ? List.of() : List.of(timeMs));
  }

  @Override
  public void open(OpenContext context) {
    halves =
        new KeyedHalves(
            getRuntimeContext()
                .getState(
                    new ValueStateDescriptor<>(
                        "join-vector", EventTypeInformation.forEvent(FeatureVector.class))),
            getRuntimeContext()
                .getState(
                    new ValueStateDescriptor<>(
                        "join-signal", EventTypeInformation.forEvent(GraphSignal.class))),
            getRuntimeContext().getState(new ValueStateDescriptor<>("join-gone", Types.LONG)));
    var metrics = getRuntimeContext().getMetricGroup();
    sent = metrics.counter(JoinMetric.VECTORS.metric());
    alone = metrics.counter(JoinMetric.WITHOUT_SIGNALS.metric());
    history = metrics.counter(JoinMetric.BEFORE_SIGNALS.metric());
  }

  /** The graph's watermark is now this. */
  void reached(long watermarkMs) {
    join.reached(watermarkMs);
  }

  @Override
  public void processElement1(FeatureVector vector, Context context, Collector<FeatureVector> out) {
    long nowMs = context.timerService().currentWatermark();
    boolean met = halves.signal() != null;
    FeatureVector joined = join.came(vector, nowMs, halves);
    if (joined != null) {
      send(joined, met, out);
    } else {
      history.inc(join.takeHistory());
      context.timerService().registerEventTimeTimer(join.dueMs(vector));
    }
    remember(context, vector.getTransaction().getEventTimeMs());
  }

  @Override
  public void processElement2(GraphSignal signal, Context context, Collector<FeatureVector> out) {
    FeatureVector joined = join.came(signal, halves);
    if (joined != null) {
      send(joined, true, out);
    }
    remember(context, signal.getEventTimeMs());
  }

  private void remember(Context context, long eventTimeMs) {
    context.timerService().registerEventTimeTimer(join.forgottenMs(eventTimeMs));
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<FeatureVector> out) {
    FeatureVector joined = join.passed(timeMs, halves);
    if (joined != null) {
      send(joined, false, out);
    }
    history.inc(join.takeHistory());
    Long nextMs = join.nextMs(halves);
    if (nextMs != null && nextMs > timeMs) {
      context.timerService().registerEventTimeTimer(nextMs);
    }
  }

  private void send(FeatureVector joined, boolean met, Collector<FeatureVector> out) {
    out.collect(joined);
    sent.inc();
    if (!met) {
      alone.inc();
    }
  }

  /** The halves of the payment that is the key, in Flink's backend. */
  private record KeyedHalves(
      ValueState<FeatureVector> vectors, ValueState<GraphSignal> signals, ValueState<Long> gone)
      implements Halves {
    @Override
    public @Nullable FeatureVector vector() {
      return value(vectors);
    }

    @Override
    public void keep(FeatureVector vector) {
      put(vectors, vector);
    }

    @Override
    public @Nullable GraphSignal signal() {
      return value(signals);
    }

    /** Without its payment, which the vector has. */
    @Override
    public void keep(GraphSignal signal) {
      put(
          signals,
          new GraphSignal(
              signal.getTransactionId(),
              signal.getEventTimeMs(),
              signal.getIngestedAtMs(),
              signal.getAccount(),
              signal.getRole(),
              signal.getCounterparty(),
              signal.getSignalDigest(),
              signal.getValues(),
              signal.getLate(),
              null,
              signal.getCut()));
    }

    @Override
    public @Nullable Long goneMs() {
      return value(gone);
    }

    @Override
    public void go(long eventTimeMs) {
      vectors.clear();
      signals.clear();
      put(gone, eventTimeMs);
    }

    @Override
    public void clear() {
      vectors.clear();
      signals.clear();
      gone.clear();
    }

    private static <T> @Nullable T value(ValueState<T> state) {
      try {
        return state.value();
      } catch (IOException e) {
        throw new UncheckedIOException("the join's state cannot be read", e);
      }
    }

    private static <T> void put(ValueState<T> state, T value) {
      try {
        state.update(value);
      } catch (IOException e) {
        throw new UncheckedIOException("the join's state cannot be written", e);
      }
    }
  }
}
