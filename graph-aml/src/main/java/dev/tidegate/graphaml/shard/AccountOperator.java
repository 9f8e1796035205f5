package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.shard.ShardPipeline.ShardKeys;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of one round, keyed by shard: keep their payments and answer questions, in the order of
 * time. Ledgers touched lately stay on the heap and are written at checkpoints; an account that is
 * not heard of any more is let go by a timer.
 */
final class AccountOperator extends EventTimeOrderOperator<Question, Mail>
    implements Triggerable<Integer, Long> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int HELD = 50_000;

  // configuration
  private final ShardSettings settings;

  // runtime
  private transient AccountAnswers answers;
  private transient ShardKeys keys;
  private transient MapState<Long, Ledger> state;
  private transient ListState<Integer> dealtTo;
  private transient LinkedHashMap<Long, Held> held;
  private transient InternalTimerService<Long> timers;

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
    super(QuestionCodec.INSTANCE, GraphMetric.LATE, GraphMetric.WAITING);
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    answers = new AccountAnswers(settings);
    keys = new ShardKeys(settings.shards());
    held = new LinkedHashMap<>(16, 0.75f, true);
    state =
        context
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>("ledgers", LongSerializer.INSTANCE, LedgerCodec.INSTANCE));
    // Each task has its own entry: at another parallelism one at least is left to be checked.
    dealtTo =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("graph-shards", IntSerializer.INSTANCE));
  }

  /**
   * Goes on with the ledgers.
   *
   * @throws IllegalStateException if the state is of another number of shards, under whose keys
   *     ledgers would not be found any more. State of before the number was kept is taken as it is
   */
  @Override
  public void open() throws Exception {
    super.open();
    for (int shards : dealtTo.get()) {
      if (shards != settings.shards()) {
        throw new IllegalStateException(
            "the graph's state is of "
                + shards
                + " shards, its settings say layout: "
                + settings.shards()
                + " shards; set it back, or begin without the state");
      }
    }
    timers = getInternalTimerService("forget", LongSerializer.INSTANCE, this);
  }

  @Override
  protected long timeOf(Question question) {
    return question.about().timeMs();
  }

  /** A payment is kept before anything is asked about it. */
  @Override
  protected int compareTies(Question left, Question right) {
    int byPayment = Transfer.compareTies(left.about(), right.about());
    return byPayment != 0 ? byPayment : Boolean.compare(right.keeps(), left.keeps());
  }

  /** A payment is counted once, where its ends are asked. */
  @Override
  protected boolean countsAsLate(Question question) {
    return question.asks().get(0).wants(Ask.ENDS);
  }

  @Override
  protected void process(Question question, boolean late) throws Exception {
    List<Reply> replies = new ArrayList<>(question.asks().size());
    for (Ask ask : question.asks()) {
      Reply reply = answer(ask, late);
      if (reply != null) {
        replies.add(reply);
      }
    }
    if (!replies.isEmpty()) {
      emit(Mail.of(replies), question.about().timeMs());
    }
  }

  private @Nullable Reply answer(Ask ask, boolean late) throws Exception {
    Held account = current(ask.account());
    boolean fresh = account.ledger.lastMs == Ledger.NEVER;
    Reply reply = answers.answer(account.ledger, ask, late);
    if (ask.wants(Ask.KEEP)) {
      account.changed = true;
      if (fresh) {
        setCurrentKey(keys.keyOf(ask.account()));
        timers.registerEventTimeTimer(ask.account(), answers.forgottenAtMs(account.ledger) + 1);
      }
    }
    return reply;
  }

  private Held current(long account) throws Exception {
    Held known = held.get(account);
    if (known != null) {
      return known;
    }
    setCurrentKey(keys.keyOf(account));
    Ledger stored = state.get(account);
    // What a backend on the heap hands out stays part of checkpoints being written.
    Held taken = new Held(stored == null ? new Ledger() : stored.copy());
    held.put(account, taken);
    if (held.size() > HELD) {
      storeEldest();
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
      setCurrentKey(keys.keyOf(account));
      state.put(account, of.ledger.copy());
      of.changed = false;
    }
  }

  @Override
  public void onEventTime(InternalTimer<Integer, Long> timer) throws Exception {
    Held account = current(timer.getNamespace());
    setCurrentKey(timer.getKey());
    long forgottenAtMs = answers.forgottenAtMs(account.ledger) + 1;
    if (forgottenAtMs > timer.getTimestamp()) {
      timers.registerEventTimeTimer(timer.getNamespace(), forgottenAtMs);
    } else {
      held.remove(timer.getNamespace());
      state.remove(timer.getNamespace());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<Integer, Long> timer) {
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
    dealtTo.update(List.of(settings.shards()));
    super.snapshotState(context);
  }
}
