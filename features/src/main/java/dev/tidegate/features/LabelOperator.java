package dev.tidegate.features;

import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings labels to the entities of their payments. A label names a payment only; this operator,
 * keyed by the payment's id, remembers each payment for as long as a label on it can matter and
 * sends every label on with the payment's time and entities, in its place in time. Payments pass
 * through. A label waits until it is known, also one that clears a payment: read ahead of its time,
 * it must not overtake the label of fraud that it takes back. One that says what is known already
 * is let go.
 */
final class LabelOperator extends EventTimeOrderOperator<Payment, Payment> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int CLEANUP_AFTER = 1_000;

  // configuration
  private final List<EntityPart> parts;
  private final long horizonMs;

  // runtime
  private transient ValueState<KnownPayment> payments;

  /**
   * The operator.
   *
   * @param parts the catalogue's entities
   * @param horizonMs how long, in milliseconds of wall clock, a payment waits for its label
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  LabelOperator(List<EntityPart> parts, long horizonMs) {
    super(PaymentCodec.INSTANCE, FeaturesMetric.LATE, FeaturesMetric.WAITING);
    this.parts = parts;
    this.horizonMs = horizonMs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ValueStateDescriptor<KnownPayment> descriptor =
        new ValueStateDescriptor<>("payment", new KnownPaymentCodec(parts));
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
    return payment.isLabel;
  }

  /** Labels are known before the watermark as a rule. */
  @Override
  protected boolean countsAsLate(Payment label) {
    return false;
  }

  @Override
  protected void process(Payment payment, boolean late) throws Exception {
    KnownPayment known = known();
    if (payment.isLabel) {
      processLabel(payment, known);
    } else {
      emit(payment, payment.timeMs);
      processPayment(payment, known);
    }
  }

  private @Nullable KnownPayment known() throws Exception {
    KnownPayment known = payments.value();
    return known == null ? null : known.under(parts);
  }

  private void processPayment(Payment payment, @Nullable KnownPayment known) throws Exception {
    if (known != null && known.came()) {
      return;
    }
    KnownPayment kept = KnownPayment.of(parts, payment);
    if (known != null) {
      kept = kept.as(known.fraud());
      send(kept, payment, known.knownAtMs());
    }
    payments.update(kept);
  }

  private void processLabel(Payment label, @Nullable KnownPayment known) throws Exception {
    if (known == null || !known.came()) {
      processEarly(label, known);
    } else if (known.fraud() != label.fraud) {
      KnownPayment corrected = known.as(label.fraud);
      payments.update(corrected);
      send(corrected, label, label.orderMs);
    }
  }

  /** Of a payment that has not come: it counts as clear until then. */
  private void processEarly(Payment label, @Nullable KnownPayment known) throws Exception {
    if (label.fraud) {
      payments.update(KnownPayment.of(parts, true, label.orderMs));
    } else if (known != null) {
      payments.clear();
    }
  }

  /** A label never comes before its payment, nor at one moment with it. */
  private void send(KnownPayment known, Payment keyedBy, long knownAtMs) {
    Payment label = known.label(keyedBy, knownAtMs);
    emit(label, label.orderMs);
  }
}
