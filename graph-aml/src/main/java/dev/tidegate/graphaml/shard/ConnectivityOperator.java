package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.jspecify.annotations.Nullable;

/**
 * The components of the whole graph: one task, all of whose questions have one key. The forests
 * stay on the heap and are written at checkpoints, as the kernel's words.
 */
final class ConnectivityOperator extends EventTimeOrderOperator<Question, Mail> {
  /** The key of all questions. */
  static final Integer KEY = 0;

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final ShardSettings settings;

  // runtime
  private transient ValueState<long[]> state;
  private transient @Nullable Connectivity connectivity;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  ConnectivityOperator(ShardSettings settings) {
    super(QuestionCodec.INSTANCE, GraphMetric.LATE, GraphMetric.WAITING);
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "forests", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  protected long timeOf(Question question) {
    return question.about().timeMs();
  }

  @Override
  protected int compareTies(Question left, Question right) {
    return Transfer.compareTies(left.about(), right.about());
  }

  @Override
  protected boolean countsAsLate(Question question) {
    return false;
  }

  @Override
  protected void process(Question question, boolean late) throws Exception {
    Connectivity current = connectivity;
    if (current == null) {
      current = new Connectivity(settings);
      long[] words = state.value();
      if (words != null) {
        current.restore(words);
      }
      connectivity = current;
    }
    Reply reply = current.answer(question.asks().get(0));
    emit(Mail.of(List.of(reply)), question.about().timeMs());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (connectivity != null) {
      setCurrentKey(KEY);
      state.update(connectivity.words());
    }
    super.snapshotState(context);
  }
}
