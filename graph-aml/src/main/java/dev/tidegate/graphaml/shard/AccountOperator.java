package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of one round, keyed by account: keep their payments and answer questions, in the order
 * of time. Ledgers touched lately stay on the heap and are written at checkpoints; an account that
 * is not heard of any more is let go by a timer.
 */
final class AccountOperator extends EventTimeOrderOperator<Ask, Mail>
    implements Triggerable<Long, VoidNamespace> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int HELD = 50_000;

  // configuration
  private final ShardSettings settings;

  // runtime
  private transient AccountAnswers answers;
  private transient ValueState<Ledger> state;
  private transient LinkedHashMap<Long, Held> held;
  private transient InternalTimerService<VoidNamespace> timers;

  /** A ledger on the heap, and whether it differs from what is stored. */
  private static final class Held {
    final Ledger ledger;
    boolean changed;

    Held(Ledger ledger) {
      this.ledger = ledger;
    }
  }

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState and open
  AccountOperator(ShardSettings settings) {
    super(AskCodec.INSTANCE, GraphMetric.LATE, GraphMetric.WAITING);
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    answers = new AccountAnswers(settings);
    held = new LinkedHashMap<>(16, 0.75f, true);
    state =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("ledger", LedgerCodec.INSTANCE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("forget", VoidNamespaceSerializer.INSTANCE, this);
  }

  @Override
  protected long timeOf(Ask ask) {
    return ask.about().timeMs();
  }

  /** A payment is kept before anything is asked about it. */
  @Override
  protected int compareTies(Ask left, Ask right) {
    int byPayment = Transfer.compareTies(left.about(), right.about());
    return byPayment != 0
        ? byPayment
        : Boolean.compare(right.wants(Ask.KEEP), left.wants(Ask.KEEP));
  }

  /** A payment is counted once, where its ends are asked. */
  @Override
  protected boolean countsAsLate(Ask ask) {
    return ask.wants(Ask.ENDS);
  }

  @Override
  protected void process(Ask ask, boolean late) throws Exception {
    Held account = current(ask.account());
    boolean fresh = account.ledger.lastMs == Ledger.NEVER;
    Reply reply = answers.answer(account.ledger, ask, late);
    if (ask.wants(Ask.KEEP)) {
      account.changed = true;
      if (fresh) {
        timers.registerEventTimeTimer(
            VoidNamespace.INSTANCE, answers.forgottenAtMs(account.ledger) + 1);
      }
    }
    if (reply != null) {
      emit(Mail.of(reply), ask.about().timeMs());
    }
  }

  private Held current(long account) throws Exception {
    Held known = held.get(account);
    if (known != null) {
      return known;
    }
    Ledger stored = state.value();
    // What a backend on the heap hands out stays part of checkpoints being written.
    Held taken = new Held(stored == null ? new Ledger() : stored.copy());
    held.put(account, taken);
    if (held.size() > HELD) {
      storeEldest();
      setCurrentKey(account);
    }
    return taken;
  }

  private void storeEldest() throws Exception {
    Iterator<Map.Entry<Long, Held>> each = held.entrySet().iterator();
    Map.Entry<Long, Held> eldest = each.next();
    store(eldest.getKey(), eldest.getValue());
    each.remove();
  }

  private void store(long account, Held of) throws Exception {
    if (of.changed) {
      setCurrentKey(account);
      state.update(of.ledger.copy());
      of.changed = false;
    }
  }

  @Override
  public void onEventTime(InternalTimer<Long, VoidNamespace> timer) throws Exception {
    Held account = current(timer.getKey());
    long forgottenAtMs = answers.forgottenAtMs(account.ledger) + 1;
    if (forgottenAtMs > timer.getTimestamp()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, forgottenAtMs);
    } else {
      held.remove(timer.getKey());
      state.clear();
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of processing time was set");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    @Nullable Object key = getCurrentKey();
    for (Map.Entry<Long, Held> each : held.entrySet()) {
      store(each.getKey(), each.getValue());
    }
    if (key != null) {
      setCurrentKey(key);
    }
    super.snapshotState(context);
  }
}
