package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;

/** Fills in the values of one entity's features. How histories are kept: {@link Histories}. */
final class EntityOperator extends EventTimeOrderOperator<Payment, Payment> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final int entity;
  private final int[] places;
  private final int sequence;
  private final boolean usesLabels;
  private final Layout layout;

  // runtime
  private transient EntityWindows windows;
  private transient double[] answers;
  private transient Histories histories;

  /**
   * The stage of one entity.
   *
   * @param entity its place in a payment's keys
   * @param places of its features in a payment's values, in the order of the layout's measures
   * @param sequence place of its sequence among a payment's; -1 if it has none
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  EntityOperator(int entity, int[] places, int sequence, Layout layout) {
    super(PaymentCodec.INSTANCE, FeaturesMetric.LATE, FeaturesMetric.WAITING);
    this.entity = entity;
    this.places = places;
    this.sequence = sequence;
    this.usesLabels = layout.measures().stream().anyMatch(EntityOperator::usesLabels);
    this.layout = layout;
  }

  private static boolean usesLabels(Measure measure) {
    return measure.kind() == Kind.RISK || measure.kind() == Kind.FRAUDS;
  }

  /** The entity's key; a payment that does not name it goes by its id, which spreads them. */
  static Tuple2<Long, Long> keyOf(Payment payment, int entity) {
    return payment.names(entity)
        ? Tuple2.of(payment.keys[2 * entity], payment.keys[2 * entity + 1])
        : Tuple2.of(payment.idHigh, payment.idLow);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    windows = new EntityWindows(layout);
    answers = new double[windows.size()];
    histories = histories(context.getKeyedStateStore());
  }

  private Histories histories(KeyedStateStore store) {
    ValueState<EntityHistory> written =
        store.getState(new ValueStateDescriptor<>("history", new EntityHistoryCodec(layout)));
    ListState<AddedEvent> additions =
        store.getListState(new ListStateDescriptor<>("added", new AddedEventCodec(layout)));
    KeyedStateBackend<Object> backend = getKeyedStateBackend();
    return backend instanceof HeapKeyedStateBackend
        ? new HeapHistories(windows, written, additions)
        : new StoredHistories(
            layout, windows, new StoredHistories.States(backend, written, additions));
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge(FeaturesMetric.HELD.metric(), histories::held);
  }

  @Override
  protected long timeOf(Payment payment) {
    return payment.orderMs;
  }

  @Override
  protected int compareTies(Payment left, Payment right) {
    return StreamOrder.compareTies(left, right);
  }

  @Override
  protected boolean mustWait(Payment payment) {
    return payment.names(entity) && (usesLabels || !payment.isLabel);
  }

  @Override
  protected void process(Payment payment, boolean late) throws Exception {
    if (mustWait(payment)) {
      if (payment.isLabel) {
        label(payment);
      } else {
        answer(payment);
        payment.late |= late;
      }
    }
    emit(payment, payment.timeMs);
  }

  private void label(Payment label) throws Exception {
    EntityHistory history = histories.current();
    long before = history.changes();
    windows.label(history, label.event(), label.fraud);
    if (history.changes() != before) {
      histories.changed();
    }
  }

  private void answer(Payment payment) throws Exception {
    EntityHistory history = histories.current();
    Event event = payment.event();
    long before = history.changes();
    payment.tiled |= windows.add(history, event, answers);
    if (history.changes() != before) {
      histories.added(event);
    }
    for (int i = 0; i < places.length; i++) {
      payment.values[places[i]] = answers[i];
    }
    if (sequence >= 0) {
      payment.setSequence(sequence, SequenceBytes.of(windows.recent()));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    histories.flush();
    super.snapshotState(context);
  }
}
