package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.GraphMetric.LeftOut;
import dev.tidegate.graphaml.KeyedLog;
import dev.tidegate.graphaml.SignalWriter;
import dev.tidegate.graphaml.TaggedCounters;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.shard.FoundCodec;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Replicas of the graph. Each takes all payments in the order in which they come, and searches its
 * own. The graphs live on the heap, the state of each is the log that it is built again from. A
 * task has those replicas whose keys are its own.
 */
final class ReplicaOperator extends AbstractStreamOperator<GraphSignal>
    implements OneInputStreamOperator<Posting, GraphSignal> {
  /** Beside the signals: what was seen of patterns, one a payment with a known currency. */
  static final OutputTag<Spotted> SPOTTED =
      new OutputTag<>("spotted", SpottedCodec.INSTANCE.information());

  /** Beside the signals, if asked for: signals in full precision, and money paths. */
  static final OutputTag<Found> FOUND = new OutputTag<>("found", FoundCodec.INSTANCE.information());

  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final GraphConfig stage;
  private final boolean paths;

  // runtime
  private transient KeyedLog state;
  private transient ReplicaKeys keys;
  private transient Map<Integer, Replica> replicas;
  private transient Findings findings;
  private transient TransactionCodec codec;
  private transient SignalWriter signals;
  private transient Counter sent;
  private transient TaggedCounters<LeftOut> leftOut;

  /**
   * Replicas of a stage.
   *
   * @param paths whether {@link #FOUND} is asked for
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState and open
  ReplicaOperator(GraphConfig stage, boolean paths) {
    this.stage = stage;
    this.paths = paths;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = KeyedLog.of(context.getKeyedStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    keys = new ReplicaKeys(stage.replicas());
    replicas = new TreeMap<>();
    var task = getRuntimeContext().getTaskInfo();
    for (int replica = 0; replica < stage.replicas(); replica++) {
      if (keys.taskOf(replica, task.getNumberOfParallelSubtasks())
          == task.getIndexOfThisSubtask()) {
        setCurrentKey(keys.keyOf(replica));
        replicas.put(replica, new Replica(stage, state));
      }
    }
    findings = new Findings(new SignalLayout(stage.graph()));
    codec = new TransactionCodec();
    signals = new SignalWriter(stage.graph());
    register();
  }

  private void register() {
    sent = getMetricGroup().counter(GraphMetric.SIGNALS.metric());
    leftOut = new TaggedCounters<>(getMetricGroup(), GraphMetric.LEFT_OUT, LeftOut.class);
    getMetricGroup()
        .gauge(
            GraphMetric.ACCOUNTS.metric(),
            () -> replicas.values().stream().mapToLong(one -> one.graph().accounts()).sum());
    getMetricGroup()
        .gauge(
            GraphMetric.BYTES.metric(),
            () -> replicas.values().stream().mapToLong(one -> one.graph().bytes()).sum());
  }

  @Override
  public void processElement(StreamRecord<Posting> element) {
    Posting posting = element.getValue();
    Replica replica = Objects.requireNonNull(replicas.get(posting.replica()));
    if (posting.searched()) {
      search(replica, posting);
    } else {
      replica.keep(posting.payment());
    }
  }

  private void search(Replica replica, Posting posting) {
    Transaction event = codec.transaction(posting.event());
    if (!posting.known()) {
      leaveOut(event, LeftOut.UNKNOWN_CURRENCY, posting.late());
      return;
    }
    Payment payment = posting.payment();
    Outcome outcome = replica.search(payment, findings);
    switch (outcome) {
      case ADDED -> {
        send(signals.signal(event, findings, posting.late()));
        tell(replica.spotted(posting.number(), payment, event, findings), payment);
        if (paths) {
          output.collect(FOUND, new StreamRecord<>(found(posting), payment.timeMs()));
        }
      }
      case TOO_LATE -> {
        leaveOut(event, LeftOut.TOO_LATE, posting.late());
        tell(Spotted.nothing(posting.number()), payment);
      }
      case REPEATED -> {
        leftOut.inc(LeftOut.REPEATED);
        tell(Spotted.nothing(posting.number()), payment);
      }
    }
  }

  /**
   * A payment that the graph did not take: every payment has its signal, of which nothing is known.
   */
  private void leaveOut(Transaction event, LeftOut reason, boolean late) {
    leftOut.inc(reason);
    send(signals.nothing(event, late));
  }

  private void send(GraphSignal signal) {
    output.collect(new StreamRecord<>(signal, signal.getEventTimeMs()));
    sent.inc();
  }

  private void tell(Spotted spotted, Payment payment) {
    output.collect(SPOTTED, new StreamRecord<>(spotted, payment.timeMs()));
  }

  private Found found(Posting posting) {
    Payment payment = posting.payment();
    return new Found(
        payment.id(),
        payment.source(),
        payment.target(),
        payment.timeMs(),
        findings.values().clone(),
        List.copyOf(findings.cycles()),
        List.copyOf(findings.middlemen()),
        posting.late(),
        false);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    for (Map.Entry<Integer, Replica> each : replicas.entrySet()) {
      setCurrentKey(keys.keyOf(each.getKey()));
      each.getValue().flush();
    }
    super.snapshotState(context);
  }

  /** Replicas as keys, chosen so that tasks have as many replicas as each other. */
  static final class ReplicaKeys implements KeySelector<Posting, Integer> {
    /** Flink's key groups of the stage: most tasks, and most replicas. */
    static final int GROUPS = GraphLayout.MOST_REPLICAS;

    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final int[] keys;

    ReplicaKeys(int replicas) {
      keys = new int[replicas];
      for (int replica = 0; replica < replicas; replica++) {
        while (group(keys[replica]) != replica * GROUPS / replicas) {
          keys[replica]++;
        }
      }
    }

    private static int group(int key) {
      return KeyGroupRangeAssignment.assignToKeyGroup(key, GROUPS);
    }

    @Override
    public Integer getKey(Posting posting) {
      return keys[posting.replica()];
    }

    Integer keyOf(int replica) {
      return keys[replica];
    }

    /** The task of so many that a replica is in. */
    int taskOf(int replica, int tasks) {
      return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
          GROUPS, tasks, group(keys[replica]));
    }
  }
}
