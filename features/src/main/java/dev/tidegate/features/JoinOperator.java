package dev.tidegate.features;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Payments with the answers of all their entities, keyed by payment. What is not complete, some
 * milliseconds of the stream, waits on the heap; checkpoints carry it as raw keyed state, with the
 * entities it refers to.
 */
final class JoinOperator extends AbstractStreamOperator<Payment>
    implements TwoInputStreamOperator<Payment, Payment, Payment> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  // configuration
  private final List<EntityPart> parts;
  private final int values;
  private final int sequences;

  // runtime
  private transient Joining joining;
  private transient Counter lateEvents;

  /**
   * For a catalogue's entities.
   *
   * @param values of a whole vector
   * @param sequences of a whole vector
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  JoinOperator(List<EntityPart> parts, int values, int sequences) {
    this.parts = parts;
    this.values = values;
    this.sequences = sequences;
  }

  /** The key of a payment and of the answers to it; two payments of one key are told apart. */
  static Long keyOf(Payment payment) {
    return payment.idLow;
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge(FeaturesMetric.JOINING.metric(), joining::size);
  }

  @Override
  public void processElement1(StreamRecord<Payment> payment) {
    send(joining.take(payment.getValue()));
  }

  @Override
  public void processElement2(StreamRecord<Payment> answer) {
    send(joining.take(answer.getValue()));
  }

  private void send(@Nullable Payment complete) {
    if (complete != null) {
      if (complete.late) {
        lateEvents.inc();
      }
      output.collect(new StreamRecord<>(complete, complete.timeMs));
    }
  }

  // ---- checkpoints -----------------------------------------------------------------------------

  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    joining = new Joining(parts, values, sequences);
    lateEvents = getMetricGroup().counter(FeaturesMetric.LATE.metric());
    for (KeyGroupStatePartitionStreamProvider group : context.getRawKeyedStateInputs()) {
      restore(new DataInputViewStreamWrapper(new DataInputStream(group.getStream())));
    }
  }

  private void restore(DataInputView in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          getOperatorName() + ": payments of version " + version + " cannot be read");
    }
    int count = in.readInt();
    if (count == 0) {
      return;
    }
    CarriedPayments carried = new CarriedPayments(EntityPartsCodec.read(in), parts);
    for (int i = 0; i < count; i++) {
      Payment payment = carried.carry(PaymentCodec.INSTANCE.deserialize(in));
      if (payment != null) {
        send(joining.take(payment));
      }
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Map<Integer, List<Payment>> byKeyGroup = new HashMap<>();
    joining.each(
        open -> {
          if (open.payment != null) {
            add(byKeyGroup, open.payment);
          }
          open.answers.forEach(answer -> add(byKeyGroup, answer));
        });
    KeyedStateCheckpointOutputStream raw = context.getRawKeyedOperatorStateOutput();
    for (int keyGroup : raw.getKeyGroupList()) {
      raw.startNewKeyGroup(keyGroup);
      write(byKeyGroup.getOrDefault(keyGroup, List.of()), new DataOutputViewStreamWrapper(raw));
    }
  }

  private void add(Map<Integer, List<Payment>> byKeyGroup, Payment payment) {
    int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    int keyGroup = KeyGroupRangeAssignment.assignToKeyGroup(keyOf(payment), groups);
    byKeyGroup.computeIfAbsent(keyGroup, group -> new ArrayList<>()).add(payment);
  }

  private void write(List<Payment> payments, DataOutputView out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(payments.size());
    if (!payments.isEmpty()) {
      EntityPartsCodec.write(parts, out);
      for (Payment payment : payments) {
        PaymentCodec.INSTANCE.serialize(payment, out);
      }
    }
  }
}
