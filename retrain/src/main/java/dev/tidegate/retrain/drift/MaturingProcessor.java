package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.EventClock;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Decisions and labels of one partition to observations, in batches.
 *
 * <p>A decision is observed at once as stopped or let through, and waits in a store, in order of
 * event time, until its label has matured; then it is observed with its outcome. Time is that of
 * the newest decision. A decision that comes again while its payment waits, or so late that its
 * label would have matured, is passed over: so each payment is observed once; and so is one on a
 * payment far ahead of time ({@link EventClock}), by which all others would be due. A disposition
 * is observed at once and is no label. A label or a group that overtook its decision waits for it,
 * but not one of a payment far ahead: its decision will be passed over, and time never come to it.
 */
final class MaturingProcessor implements Processor<byte[], Object, String, byte[]> {
  static final String WAITING = "waiting-payments";
  static final String PENDING = "pending-observations";
  static final String DISPOSITION = "disposition";

  // configuration
  private final String release;
  private final long mark;
  private final OutcomeSettings settings;
  private final DriftMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> waiting;
  private @Nullable RowLog<Bytes> pending;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
  private EventClock clock = new EventClock();

  MaturingProcessor(String release, OutcomeSettings settings, DriftMeter meter) {
    this.meter = meter;
    this.release = release;
    this.mark = ReleaseMark.of(release);
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> started) {
    context = started;
    KeyValueStore<Bytes, byte[]> payments = started.getStateStore(WAITING);
    waiting = payments;
    clock = EventClock.at(newest(payments));
    KeyValueStore<Bytes, byte[]> opened = started.getStateStore(PENDING);
    RowLog<Bytes> rows = RowLog.inBytes(opened::get, opened::put, release, settings.batch());
    batch.reset();
    for (ByteBuffer row : rows.open()) {
      byte[] observation = new byte[row.remaining()];
      row.get(observation);
      batch.writeBytes(observation);
    }
    pending = rows;
    letGo(opened, rows);
  }

  /** Of observations of another release, and of those of a program that did not say whose. */
  private void letGo(KeyValueStore<Bytes, byte[]> opened, RowLog<Bytes> rows) {
    List<KeyValue<Bytes, byte[]>> others = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> kept = opened.all()) {
      while (kept.hasNext()) {
        KeyValue<Bytes, byte[]> next = kept.next();
        if (!rows.holds(next.key)) {
          others.add(next);
        }
      }
    }
    for (KeyValue<Bytes, byte[]> other : others) {
      ByteBuffer key = ByteBuffer.wrap(other.key.get());
      // A program before the log had them under mark and number.
      if (key.remaining() == 2 * Long.BYTES && key.getLong() == mark) {
        batch.writeBytes(other.value);
        rows.add(other.value);
      }
      opened.delete(other.key);
    }
  }

  /** Event time of the newest decision that waits: where the task stood before a restart. */
  private static long newest(KeyValueStore<Bytes, byte[]> payments) {
    try (KeyValueIterator<Bytes, byte[]> newest = payments.reverseAll()) {
      while (newest.hasNext()) {
        KeyValue<Bytes, byte[]> next = newest.next();
        if (WaitingPayment.of(next.value).decided()) {
          return WaitingPayment.timeMs(next.key);
        }
      }
    }
    return Long.MIN_VALUE;
  }

  @Override
  public void process(Record<byte[], Object> read) {
    KeyValueStore<Bytes, byte[]> payments = waiting;
    if (payments == null) {
      return;
    }
    if (read.value() instanceof Decision decision) {
      decided(decision, payments, read);
    } else if (read.value() instanceof Label label) {
      labelled(label, payments, read);
    } else if (read.value() instanceof PaymentGroup group) {
      grouped(group, payments, read);
    }
  }

  private void decided(
      Decision decision, KeyValueStore<Bytes, byte[]> payments, Record<byte[], Object> read) {
    long timeMs = decision.getEventTimeMs();
    if (!release.equals(decision.getRelease())
        || Double.isNaN(decision.getScore())
        || (clock.known() && due(timeMs, clock.nowMs()))) {
      return;
    }
    long beforeMs = clock.known() ? clock.nowMs() : timeMs;
    if (!clock.takes(timeMs)) {
      meter.ahead();
      return;
    }
    Bytes key = WaitingPayment.key(timeMs, decision.getTransactionId());
    WaitingPayment known = known(payments, key);
    if (known.decided()) {
      return;
    }
    boolean stopped = decision.getOutcome() != Outcome.APPROVE;
    WaitingPayment decided = known.decided(decision.getScore(), stopped, mark);
    payments.put(key, decided.bytes());
    observe(new Observation(Observation.Kind.DECIDED, timeMs, 0, stopped), read);
    if (!groupOf(decided).isEmpty()) {
      observe(grouped(timeMs, decided), read);
    }
    long tickMs = settings.tickMs();
    if (Math.floorDiv(clock.nowMs(), tickMs) > Math.floorDiv(beforeMs, tickMs)) {
      mature(payments, read);
      flush(read);
    }
  }

  private void grouped(
      PaymentGroup group, KeyValueStore<Bytes, byte[]> payments, Record<byte[], Object> read) {
    Bytes key = WaitingPayment.key(group.timeMs(), group.transactionId());
    WaitingPayment known = known(payments, key);
    PaymentPart by = settings.groupedBy();
    if (by == null
        || !groupOf(known).isEmpty()
        || (clock.known() && due(group.timeMs(), clock.nowMs()))) {
      return;
    }
    if (clock.isAhead(group.timeMs())) {
      meter.ahead();
      return;
    }
    WaitingPayment named = known.of(PaymentGroup.kept(by, group.group()));
    payments.put(key, named.bytes());
    if (named.decided()) {
      observe(grouped(group.timeMs(), named), read);
    }
  }

  private Observation grouped(long timeMs, WaitingPayment payment) {
    return new Observation(
        Observation.Kind.GROUPED, timeMs, 0, false, payment.stopped(), groupOf(payment));
  }

  /** Empty where it is not known, or what is known is the group of another part of the payment. */
  private String groupOf(WaitingPayment payment) {
    return PaymentGroup.of(settings.groupedBy(), payment.group());
  }

  private void labelled(
      Label label, KeyValueStore<Bytes, byte[]> payments, Record<byte[], Object> read) {
    long timeMs = label.getEventTimeMs();
    if (label.getOrigin().equals(DISPOSITION)) {
      observe(new Observation(Observation.Kind.DISPOSED, timeMs, 0, label.getFraud()), read);
      return;
    }
    if (label.getKnownAtMs() > timeMs + settings.labelDelayMs()) {
      return;
    }
    if (clock.isAhead(timeMs)) {
      meter.ahead();
      return;
    }
    Bytes key = WaitingPayment.key(timeMs, label.getTransactionId());
    payments.put(key, known(payments, key).labelled(label.getFraud()).bytes());
  }

  private static WaitingPayment known(KeyValueStore<Bytes, byte[]> payments, Bytes key) {
    byte[] bytes = payments.get(key);
    return bytes == null ? WaitingPayment.UNKNOWN : WaitingPayment.of(bytes);
  }

  private boolean due(long timeMs, long atMs) {
    return timeMs + settings.labelDelayMs() + settings.graceMs() <= atMs;
  }

  private void mature(KeyValueStore<Bytes, byte[]> payments, Record<byte[], Object> read) {
    long lastMs = clock.nowMs() - settings.labelDelayMs() - settings.graceMs();
    List<Bytes> gone = new ArrayList<>();
    List<Observation> outcomes = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> oldest =
        payments.range(WaitingPayment.before(0), WaitingPayment.before(lastMs + 1))) {
      while (oldest.hasNext()) {
        KeyValue<Bytes, byte[]> next = oldest.next();
        WaitingPayment payment = WaitingPayment.of(next.value);
        gone.add(next.key);
        // What another release decided says nothing of this one.
        if (payment.decidedBy(mark)) {
          outcomes.add(
              new Observation(
                  Observation.Kind.MATURED,
                  WaitingPayment.timeMs(next.key),
                  payment.score(),
                  payment.fraud(),
                  payment.stopped(),
                  groupOf(payment)));
        }
      }
    }
    gone.forEach(payments::delete);
    outcomes.forEach(outcome -> observe(outcome, read));
  }

  /** Keeps an observation until its batch is full or the tick is over. */
  private void observe(Observation observation, Record<byte[], Object> read) {
    RowLog<Bytes> rows = pending;
    if (rows != null) {
      byte[] bytes = observation.bytes();
      batch.writeBytes(bytes);
      if (rows.add(bytes)) {
        flush(read);
      }
    }
  }

  private void flush(Record<byte[], Object> read) {
    RowLog<Bytes> rows = pending;
    ProcessorContext<String, byte[]> out = context;
    if (rows == null || out == null || rows.size() == 0) {
      return;
    }
    byte[] full = batch.toByteArray();
    batch.reset();
    rows.taken();
    out.forward(read.withKey(release).withValue(full));
  }
}
