package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;

/**
 * Puts payments in the order of time, then id, numbers them, and sends each to every replica. One
 * task: so all replicas take late payments at the same place too, and none refuses one that another
 * takes. It does not look into events.
 */
final class OrderOperator extends EventTimeOrderOperator<Posting, Posting> {
  /** The key of all payments. */
  static final Integer KEY = 0;

  @Serial private static final long serialVersionUID = 1L;
  private static final int NUMBER = 0;
  private static final int REPLICAS = 1;

  // configuration
  private final int replicas;

  // runtime
  private transient ValueState<long[]> state;
  private transient long number;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  OrderOperator(int replicas) {
    super(PostingCodec.INSTANCE, GraphMetric.LATE, GraphMetric.WAITING);
    this.replicas = replicas;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getKeyedStateStore()
            .getState(
                new ValueStateDescriptor<>(
                    "graph-order", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /**
   * Reads where the order stands.
   *
   * @throws IllegalStateException if the state is of another number of replicas
   */
  @Override
  public void open() throws Exception {
    super.open();
    setCurrentKey(KEY);
    long[] known = state.value();
    if (known == null) {
      return;
    }
    number = known[NUMBER];
    if (known[REPLICAS] != replicas) {
      throw new IllegalStateException(
          "the graph's state is of "
              + known[REPLICAS]
              + " replicas, its settings say layout: "
              + replicas
              + " replicas; set it back, or begin without the state");
    }
  }

  @Override
  protected long timeOf(Posting posting) {
    return posting.payment().timeMs();
  }

  @Override
  protected int compareTies(Posting left, Posting right) {
    return left.transactionId().compareTo(right.transactionId());
  }

  @Override
  protected void process(Posting posting, boolean late) {
    long timeMs = posting.payment().timeMs();
    if (!posting.known()) {
      emit(posting.searched(0, late), timeMs);
      return;
    }
    number++;
    for (int replica = 0; replica < replicas; replica++) {
      emit(
          replica == posting.replica()
              ? posting.searched(number, late)
              : posting.kept(number, replica),
          timeMs);
    }
  }

  // ---- checkpoints -----------------------------------------------------------------------------

  @Override
  protected void writeContext(DataOutputView out) throws IOException {
    TypeSerializerSnapshot.writeVersionedSnapshot(
        out, new EventSerializer<>(Transaction.class).snapshotConfiguration());
  }

  /** Events wait as bytes: those of another schema are written anew in this program's. */
  @Override
  protected Restored<Posting> readContext(DataInputView in) throws IOException {
    TransactionCodec written =
        new TransactionCodec(
            TypeSerializerSnapshot.<Transaction>readVersionedSnapshot(in, getUserCodeClassloader())
                .restoreSerializer());
    TransactionCodec now = new TransactionCodec();
    return posting -> posting.with(now.bytes(written.transaction(posting.event())));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    state.update(new long[] {number, replicas});
    super.snapshotState(context);
  }
}
