package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.GraphMetric.LeftOut;
import dev.tidegate.graphaml.SignalWriter;
import dev.tidegate.graphaml.TaggedCounters;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Spotter;
import dev.tidegate.graphaml.replica.Spotted;
import dev.tidegate.graphaml.replica.SpottedCodec;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.shard.FoundCodec;
import dev.tidegate.graphaml.shard.ShardPipeline;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * A payment and what the shards found about it, whichever comes first, keyed by the payment. Of a
 * repeat the shards say nothing: it is let go once nothing can come any more, and so are findings
 * whose payment does not come.
 */
final class TellOperator extends KeyedCoProcessFunction<Long, Transaction, Found, GraphSignal> {
  /** Beside the signals: what was seen of patterns. */
  static final OutputTag<Spotted> SPOTTED =
      new OutputTag<>("spotted", SpottedCodec.INSTANCE.information());

  @Serial private static final long serialVersionUID = 1L;

  /** Two inputs see watermarks at different moments; nothing is lost by keeping repeats longer. */
  private static final long SPARE_MS = 60_000;

  // configuration
  private final GraphConfig stage;

  // runtime
  private transient ValueState<Transaction> payments;
  private transient ValueState<Found> answers;
  private transient SignalLayout layout;
  private transient SignalWriter signals;
  private transient Spotter spotter;
  private transient Counter sent;
  private transient Counter unmatched;

  /** Up to when payments have come. What was found may be far behind. */
  private transient long paymentsMs;

  private transient TaggedCounters<LeftOut> leftOut;

  @SuppressWarnings("NullAway.Init") // transients are set by open
  TellOperator(GraphConfig stage) {
    this.stage = stage;
  }

  @Override
  public void open(OpenContext context) {
    payments =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "graph-payment", EventTypeInformation.forEvent(Transaction.class)));
    answers =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("graph-found", FoundCodec.INSTANCE.information()));
    layout = new SignalLayout(stage.graph());
    signals = new SignalWriter(stage.graph());
    spotter = Spotter.ofPaths(stage.patterns(), stage.graph());
    sent = getRuntimeContext().getMetricGroup().counter(GraphMetric.SIGNALS.metric());
    unmatched = getRuntimeContext().getMetricGroup().counter(GraphMetric.UNMATCHED.metric());
    paymentsMs = Long.MIN_VALUE;
    leftOut =
        new TaggedCounters<>(
            getRuntimeContext().getMetricGroup(), GraphMetric.LEFT_OUT, LeftOut.class);
  }

  /** The watermark of payments is now this. */
  void paymentsReached(long watermarkMs) {
    paymentsMs = watermarkMs;
  }

  @Override
  public void processElement1(Transaction payment, Context context, Collector<GraphSignal> out)
      throws Exception {
    Payment asked = ShardPipeline.payment(payment, stage.graph());
    if (asked == null) {
      leftOut.inc(LeftOut.UNKNOWN_CURRENCY);
      send(signals.nothing(payment, payment.getEventTimeMs() <= paymentsMs), out);
      return;
    }
    Found found = answers.value();
    if (found == null) {
      payments.update(payment);
      letGoLater(payment.getEventTimeMs(), context);
    } else {
      answers.clear();
      tell(payment, asked, found, context, out);
    }
  }

  /**
   * Both inputs are awaited up to then. A late payment is answered within the bound of where
   * payments stand, which is not where the slower of both inputs stands.
   */
  private void letGoLater(long timeMs, Context context) {
    long fromMs = Math.max(paymentsMs, timeMs);
    long moreMs = 2 * stage.boundMs() + SPARE_MS;
    context
        .timerService()
        .registerEventTimeTimer(
            fromMs > Long.MAX_VALUE - moreMs ? Long.MAX_VALUE : fromMs + moreMs);
  }

  @Override
  public void processElement2(Found found, Context context, Collector<GraphSignal> out)
      throws Exception {
    Transaction payment = payments.value();
    if (payment == null) {
      answers.update(found);
      letGoLater(found.timeMs(), context);
      return;
    }
    payments.clear();
    Payment asked = Objects.requireNonNull(ShardPipeline.payment(payment, stage.graph()));
    tell(payment, asked, found, context, out);
  }

  private void tell(
      Transaction payment,
      Payment asked,
      Found found,
      Context context,
      Collector<GraphSignal> out) {
    Findings findings = Findings.of(layout, found.values(), found.cycles(), found.middlemen());
    send(signals.signal(payment, findings, found.late(), found.cut()), out);
    long value = stage.graph().currencies().get(asked.currency()).value(payment.getAmountMinor());
    Edge edge =
        new Edge(
            new Hop(asked.id(), asked.source(), asked.target(), asked.timeMs(), value),
            payment.getTransactionId(),
            payment.getPayerAccount(),
            Objects.requireNonNull(payment.getPayeeAccount()),
            payment.getAmountMinor(),
            payment.getCurrency());
    context.output(
        SPOTTED,
        new Spotted(
            0, payment.getIngestedAtMs(), edge, spotter.of(asked, findings, joint -> false)));
  }

  private void send(GraphSignal signal, Collector<GraphSignal> out) {
    out.collect(signal);
    sent.inc();
  }

  /**
   * A payment of which the shards said nothing until now came twice; findings without a payment
   * stay without.
   */
  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<GraphSignal> out)
      throws Exception {
    if (payments.value() != null) {
      payments.clear();
      leftOut.inc(LeftOut.REPEATED);
    }
    if (answers.value() != null) {
      answers.clear();
      unmatched.inc();
    }
  }
}
