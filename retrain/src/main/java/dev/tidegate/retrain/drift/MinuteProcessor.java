package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.EventClock;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.event.Transaction;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Payments of one partition to their number a minute of event time. A heartbeat of a door moves
 * time on; where neither comes for a minute of the wall clock, the wall clock does. A payment of a
 * minute that is over counts in the one at hand; one far ahead of time counts nowhere ({@link
 * EventClock}).
 */
final class MinuteProcessor implements Processor<byte[], Transaction, String, byte[]> {
  static final String STORE = "payments-a-minute";
  private static final String OPEN = "open";
  private static final Duration LOOK_EACH = Duration.ofSeconds(10);
  private static final long MINUTE_MS = VolumeTopology.INTERVAL.toMillis();
  // What says that a file is at its end lies at the end of time and is no minute.
  private static final long FARTHEST_MINUTES = EventClock.FARTHEST_MS / MINUTE_MS;

  // configuration
  private final DriftMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable MinuteCount open;
  private EventClock clock = new EventClock();
  private long heardMs;
  private long silentMinutes;

  MinuteProcessor(DriftMeter meter) {
    this.meter = meter;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    byte[] kept = opened.get(OPEN);
    MinuteCount before = kept == null ? null : MinuteCount.of(kept);
    open = before;
    clock = before == null ? new EventClock() : EventClock.at(before.minute() * MINUTE_MS);
    // Time while nobody watched is no silence: what came then is still to be read.
    heardMs = started.currentSystemTimeMs();
    silentMinutes = 0;
    started.schedule(LOOK_EACH, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<byte[], Transaction> read) {
    ProcessorContext<String, byte[]> out = context;
    Transaction payment = read.value();
    Long beat = payment == null ? Heartbeat.timeOf(read.headers()) : null;
    if (out == null || (payment == null && beat == null)) {
      return;
    }
    long timeMs = payment == null ? beat : payment.getEventTimeMs();
    boolean far =
        payment == null
            && (open == null
                || Math.floorDiv(timeMs, MINUTE_MS) - open.minute() > FARTHEST_MINUTES);
    if (far) {
      return;
    }
    if (payment != null && !clock.takes(timeMs)) {
      meter.ahead();
      return;
    }
    heardMs = out.currentSystemTimeMs();
    silentMinutes = 0;
    advance(Math.floorDiv(timeMs, MINUTE_MS), read.timestamp());
    if (payment != null && open != null) {
      keep(new MinuteCount(open.partition(), open.minute(), open.payments() + 1));
    }
  }

  /** Ends the minute at hand if time has gone past it. */
  private void advance(long minute, long atMs) {
    ProcessorContext<String, byte[]> out = context;
    MinuteCount before = open;
    if (out == null || (before != null && minute <= before.minute())) {
      return;
    }
    if (before != null) {
      out.forward(new Record<>(MinuteCount.KEY, before.bytes(), atMs));
      if (minute - 1 > before.minute()) {
        // Says that those between were empty.
        out.forward(
            new Record<>(
                MinuteCount.KEY, new MinuteCount(before.partition(), minute - 1, 0).bytes(), atMs));
      }
    }
    keep(new MinuteCount(out.taskId().partition(), minute, 0));
  }

  private void keep(MinuteCount now) {
    open = now;
    clock.reach(now.minute() * MINUTE_MS);
    if (store != null) {
      store.put(OPEN, now.bytes());
    }
  }

  private void look(long nowMs) {
    MinuteCount now = open;
    long silent = Math.floorDiv(nowMs - heardMs, MINUTE_MS);
    if (now != null && silent > silentMinutes) {
      advance(now.minute() + silent - silentMinutes, nowMs);
      silentMinutes = silent;
    }
  }
}
