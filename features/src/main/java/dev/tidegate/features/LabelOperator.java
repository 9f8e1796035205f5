package dev.tidegate.features;

import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * Brings labels to the entities of their payments. A label names a payment only; this operator,
 * keyed by the payment's id, remembers each payment for as long as a label on it can matter and
 * sends every label on with the payment's time and entities, in its place in time. Payments pass
 * through. A label of fraud waits until it is known; one that clears a payment needs not, since a
 * payment counts as clear until then. One that says what is known already is let go.
 */
final class LabelOperator extends EventTimeOrderOperator<Payment, Payment> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int CLEANUP_AFTER = 1_000;

  // configuration
  private final long horizonMs;

  // runtime
  private transient ValueState<Payment> payments;

  /**
   * The operator.
   *
   * @param horizonMs how long, in milliseconds of wall clock, a payment waits for its label
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  LabelOperator(long horizonMs) {
    super(PaymentCodec.INSTANCE, FeaturesMetric.LATE, FeaturesMetric.WAITING);
    this.horizonMs = horizonMs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ValueStateDescriptor<Payment> descriptor =
        new ValueStateDescriptor<>("payment", PaymentCodec.INSTANCE);
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(Duration.ofMillis(horizonMs))
            .setStateVisibility(StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp)
            .cleanupInRocksdbCompactFilter(CLEANUP_AFTER)
            .build());
    payments = context.getKeyedStateStore().getState(descriptor);
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
    return payment.isLabel && payment.fraud;
  }

  @Override
  protected void process(Payment payment, boolean late) throws Exception {
    Payment known = payments.value();
    if (payment.isLabel) {
      processLabel(payment, known);
    } else {
      emit(payment, payment.timeMs);
      processPayment(payment, known);
    }
  }

  private void processPayment(Payment payment, Payment known) throws Exception {
    if (known != null && known.keys.length > 0) {
      return;
    }
    Payment kept = bare(payment);
    if (known != null) {
      kept.fraud = known.fraud;
      sendLabel(kept, known.orderMs);
    }
    payments.update(kept);
  }

  private void processLabel(Payment label, Payment known) throws Exception {
    if (known == null || known.keys.length == 0) {
      if (label.fraud) {
        payments.update(label);
      }
    } else if (known.fraud != label.fraud) {
      known.fraud = label.fraud;
      payments.update(known);
      sendLabel(known, label.orderMs);
    }
  }

  /** A label never comes before its payment, nor at one moment with it. */
  private void sendLabel(Payment known, long knownAtMs) {
    Payment label = bare(known);
    label.isLabel = true;
    label.fraud = known.fraud;
    label.orderMs = Math.max(knownAtMs, known.timeMs + 1);
    emit(label, label.orderMs);
  }

  /** What a label needs of its payment. */
  private static Payment bare(Payment payment) {
    Payment bare = new Payment();
    bare.timeMs = payment.timeMs;
    bare.orderMs = payment.timeMs;
    bare.idHigh = payment.idHigh;
    bare.idLow = payment.idLow;
    bare.amount = payment.amount;
    bare.base = payment.base;
    bare.currency = payment.currency;
    bare.filterBits = payment.filterBits;
    bare.keys = payment.keys;
    return bare;
  }
}
