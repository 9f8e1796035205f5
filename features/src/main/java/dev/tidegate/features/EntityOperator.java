package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;

/**
 * Fills in the values of one entity's features.
 *
 * <p>Histories that were touched lately stay decoded on the heap, see {@link HeldHistories}, and
 * are written when a checkpoint is taken or when others need the room: a merchant that half of all
 * payments go to would otherwise be read and written whole with each of them.
 */
final class EntityOperator extends EventTimeOrderOperator<Payment, Payment> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final int entity;
  private final int[] places;
  private final boolean usesLabels;
  private final Layout layout;

  // runtime
  private transient EntityWindows windows;
  private transient double[] answers;
  private transient ValueState<EntityHistory> state;
  private transient HeldHistories held;

  /**
   * The stage of one entity.
   *
   * @param entity its place in a payment's keys
   * @param places of its features in a payment's values, in the order of the layout's measures
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  EntityOperator(int entity, int[] places, Layout layout) {
    super(PaymentCodec.INSTANCE, FeaturesMetric.LATE, FeaturesMetric.WAITING);
    this.entity = entity;
    this.places = places;
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
    held = new HeldHistories();
    state =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("history", new EntityHistoryCodec(layout)));
  }

  @Override
  public void open() throws Exception {
    super.open();
    getMetricGroup().gauge(FeaturesMetric.HELD.metric(), held::size);
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
      HeldHistories.Entry entry = history();
      EntityHistory history = windows.adopt(entry.history());
      if (payment.isLabel) {
        windows.label(history, payment.event(), payment.fraud);
      } else {
        payment.tiled |= windows.add(history, payment.event(), answers);
        for (int i = 0; i < places.length; i++) {
          payment.values[places[i]] = answers[i];
        }
        payment.late |= late;
      }
      held.changed(entry, history);
      makeRoom();
    }
    emit(payment, payment.timeMs);
  }

  private HeldHistories.Entry history() throws Exception {
    Object key = getCurrentKey();
    HeldHistories.Entry entry = held.get(key);
    if (entry == null) {
      EntityHistory known = state.value();
      entry = held.add(key, known == null ? windows.empty() : known);
    }
    return entry;
  }

  private void makeRoom() throws Exception {
    Object key = getCurrentKey();
    HeldHistories.Entry surplus = held.surplus();
    if (surplus != null) {
      write(surplus);
    }
    while (held.isFull()) {
      HeldHistories.Entry oldest = held.dropOldest();
      if (oldest != null) {
        write(oldest);
      }
    }
    if (getCurrentKey() != key) {
      setCurrentKey(key);
    }
  }

  private void write(HeldHistories.Entry entry) throws Exception {
    setCurrentKey(entry.key());
    state.update(entry.history());
  }

  private void writeAll() throws Exception {
    Object key = getCurrentKey();
    for (HeldHistories.Entry entry = held.nextUnwritten();
        entry != null;
        entry = held.nextUnwritten()) {
      write(entry);
    }
    if (key != null) {
      setCurrentKey(key);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    writeAll();
    super.snapshotState(context);
  }
}
