package dev.tidegate.graphaml;

import dev.tidegate.graphaml.GraphMetric.LeftOut;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.log.GraphLog;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.EvidenceBook;
import dev.tidegate.graphaml.pattern.PatternTracker;
import dev.tidegate.graphaml.pattern.PatternTracker.Arrival;
import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * One graph of all accounts, so one task: what it publishes of a payment may depend on any other.
 * It works in order of time, then id. All payments have one key. The graph lives on the heap; the
 * state is the log that it is built again from, see {@link GraphLog}.
 */
final class TemporalOperator extends EventTimeOrderOperator<Transaction, GraphSignal> {
  /** The key of all payments. */
  static final String KEY = "graph";

  /** Beside the signals: episodes as they open, grow and close. */
  static final OutputTag<PatternAlert> ALERTS =
      new OutputTag<>("pattern-alerts", EventTypeInformation.forEvent(PatternAlert.class));

  @Serial private static final long serialVersionUID = 3L;

  // configuration
  private final GraphConfig stage;

  // runtime
  private transient KeyedLog state;
  private transient KeyedEvidence evidence;
  private transient EvidenceBook book;
  private transient GraphLog log;
  private transient PatternTracker patterns;
  private transient Findings findings;
  private transient SignalWriter signals;
  private transient List<String> currencies;
  private transient Counter sent;
  private transient TaggedCounters<LeftOut> leftOut;
  private transient TaggedCounters<LaunderingPattern> alerts;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState and open
  TemporalOperator(GraphConfig stage) {
    super(new EventSerializer<>(Transaction.class), GraphMetric.LATE, GraphMetric.WAITING);
    this.stage = stage;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    evidence = KeyedEvidence.of(context.getKeyedStateStore());
    state = KeyedLog.of(context.getKeyedStateStore());
    signals = new SignalWriter(stage.graph());
    currencies = stage.graph().currencies().stream().map(CurrencyRule::code).toList();
  }

  @Override
  public void open() throws Exception {
    super.open();
    setCurrentKey(KEY);
    log = new GraphLog(stage.graph(), state);
    log.list(stage.lists().hubNumbers(), stage.lists().riskyNumbers());
    book = evidence.book(stage.graph());
    patterns =
        new PatternTracker(stage.patterns(), stage.graph(), log.graph(), evidence, stage.digest());
    findings = new Findings(log.graph().layout());
    sent = getMetricGroup().counter(GraphMetric.SIGNALS.metric());
    leftOut = new TaggedCounters<>(getMetricGroup(), GraphMetric.LEFT_OUT, LeftOut.class);
    alerts =
        new TaggedCounters<>(getMetricGroup(), GraphMetric.PATTERN_ALERTS, LaunderingPattern.class);
    getMetricGroup().gauge(GraphMetric.ACCOUNTS.metric(), () -> log.graph().accounts());
    getMetricGroup().gauge(GraphMetric.BYTES.metric(), () -> log.graph().bytes());
    getMetricGroup().gauge(GraphMetric.EPISODES.metric(), () -> patterns.open());
  }

  /** The number under which an account or a payment is in the graph. */
  static long fingerprintOf(String id) {
    return fingerprint(id);
  }

  @Override
  protected long timeOf(Transaction payment) {
    return payment.getEventTimeMs();
  }

  @Override
  protected int compareTies(Transaction left, Transaction right) {
    return left.getTransactionId().compareTo(right.getTransactionId());
  }

  @Override
  protected void process(Transaction event, boolean late) {
    int currency = currencies.indexOf(event.getCurrency());
    if (currency < 0) {
      leaveOut(event, LeftOut.UNKNOWN_CURRENCY, late);
      return;
    }
    Payment payment =
        new Payment(
            fingerprint(event.getTransactionId()),
            fingerprint(event.getPayerAccount()),
            fingerprint(payee(event)),
            event.getEventTimeMs(),
            event.getAmountMinor(),
            currency);
    Outcome outcome = log.graph().add(payment, findings);
    switch (outcome) {
      case ADDED -> {
        log.added(payment);
        send(signals.signal(event, findings, late));
        raise(event, payment);
      }
      case TOO_LATE -> leaveOut(event, LeftOut.TOO_LATE, late);
      case REPEATED -> leftOut.inc(LeftOut.REPEATED);
    }
  }

  private void raise(Transaction event, Payment payment) {
    book.keep(
        new Edge(
            log.graph().hop(payment),
            event.getTransactionId(),
            event.getPayerAccount(),
            payee(event),
            event.getAmountMinor(),
            event.getCurrency()));
    Arrival arrival = new Arrival(event.getTransactionId(), event.getIngestedAtMs());
    for (PatternAlert alert : patterns.added(payment, findings, arrival, book)) {
      output.collect(ALERTS, new StreamRecord<>(alert, event.getEventTimeMs()));
      alerts.inc(alert.getPattern());
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
    emit(signal, signal.getEventTimeMs());
    sent.inc();
  }

  private static String payee(Transaction event) {
    return Objects.requireNonNull(event.getPayeeAccount());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    setCurrentKey(KEY);
    log.flush();
    book.flush();
    patterns.flush();
    super.snapshotState(context);
  }
}
