package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * The histories of all entities, keyed by entity: takes payments that are asked of one, in the
 * order of time, and sends them on with that entity's answers. Labels are taken and not sent on.
 * How histories are kept: {@link Histories}. What the windows would forget when the entity comes
 * again ({@link EntityHistory#FORGOTTEN_AFTER_MS}) leaves the state by a timer if it does not.
 */
final class EntityOperator extends EventTimeOrderOperator<Payment, Payment>
    implements Triggerable<Tuple2<Long, Long>, VoidNamespace> {
  @Serial private static final long serialVersionUID = 1L;

  /** One timer an entity in this time, so that one that is silent leaves the state in the end. */
  private static final long TIMER_EVERY_MS = 50 * 86_400_000L;

  private static final long[] ANSWERED = {};

  // configuration
  private final List<EntityPart> parts;

  // runtime
  private transient List<EntityWindows> windows;
  private transient Histories histories;
  private transient InternalTimerService<VoidNamespace> timers;

  /** For a catalogue's entities. */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState and open
  EntityOperator(List<EntityPart> parts) {
    super(PaymentCodec.INSTANCE, FeaturesMetric.LATE, FeaturesMetric.WAITING);
    this.parts = parts;
  }

  /** The key of a payment that is asked of an entity. */
  static Tuple2<Long, Long> keyOf(Payment asked) {
    return Tuple2.of(asked.keys[0], asked.keys[1]);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    windows = parts.stream().map(part -> new EntityWindows(part.layout())).toList();
    histories = histories(context.getKeyedStateStore());
  }

  private Histories histories(KeyedStateStore store) {
    ListState<HistoryPart> state =
        store.getListState(new ListStateDescriptor<>("histories", new HistoryPartCodec(parts)));
    KeyedStateBackend<Object> backend = getKeyedStateBackend();
    return backend instanceof HeapKeyedStateBackend
        ? new HeapHistories(parts, windows, state)
        : new StoredHistories(parts, windows, backend, state);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
    getMetricGroup().gauge(FeaturesMetric.HELD.metric(), this::held);
  }

  /** How many histories stand decoded on the heap. */
  int held() {
    return histories.held();
  }

  @Override
  protected long timeOf(Payment payment) {
    return payment.orderMs;
  }

  @Override
  protected int compareTies(Payment left, Payment right) {
    return StreamOrder.compareTies(left, right);
  }

  /** A payment asks many entities and is counted once, behind the join. */
  @Override
  protected boolean countsAsLate(Payment payment) {
    return false;
  }

  @Override
  protected void process(Payment payment, boolean late) throws Exception {
    EntityHistory history = histories.current(payment.entity);
    EntityWindows of = windows.get(payment.entity);
    if (payment.isLabel) {
      label(history, of, payment);
    } else {
      answer(history, of, payment);
      payment.late = late;
      emit(payment, payment.timeMs);
    }
  }

  private void label(EntityHistory history, EntityWindows of, Payment label) throws Exception {
    long before = history.changes();
    of.label(history, label.event(), label.fraud);
    if (history.changes() != before) {
      histories.changed();
    }
  }

  private void answer(EntityHistory history, EntityWindows of, Payment payment) throws Exception {
    Event event = payment.event();
    long newestMs = history.newestMs();
    long before = history.changes();
    payment.values = new double[of.size()];
    payment.tiled = of.add(history, event, payment.values);
    if (parts.get(payment.entity).sequence() >= 0) {
      payment.sequences = new byte[][] {SequenceBytes.of(of.recent())};
    }
    if (history.changes() != before) {
      histories.added(event);
      awaitSilence(newestMs, payment.timeMs);
    }
    payment.tags = ANSWERED;
    payment.keys = ANSWERED;
  }

  private void awaitSilence(long newestBeforeMs, long timeMs) {
    long period = Math.floorDiv(timeMs, TIMER_EVERY_MS);
    if (newestBeforeMs == Long.MIN_VALUE
        || Math.floorDiv(newestBeforeMs, TIMER_EVERY_MS) != period) {
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE, (period + 1) * TIMER_EVERY_MS + EntityHistory.FORGOTTEN_AFTER_MS);
    }
  }

  /** An input that ends lets time go to its end; what is kept then may yet be gone on with. */
  @Override
  public void onEventTime(InternalTimer<Tuple2<Long, Long>, VoidNamespace> timer) throws Exception {
    if (timers.currentWatermark() != Long.MAX_VALUE) {
      histories.forget(timer.getTimestamp() - EntityHistory.FORGOTTEN_AFTER_MS);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<Tuple2<Long, Long>, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of processing time was set");
  }

  @Override
  protected void writeContext(DataOutputView out) throws IOException {
    EntityPartsCodec.write(parts, out);
  }

  @Override
  protected Restored<Payment> readContext(DataInputView in) throws IOException {
    CarriedPayments carried = new CarriedPayments(EntityPartsCodec.read(in), parts);
    return carried::carry;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    histories.flush();
    super.snapshotState(context);
  }
}
