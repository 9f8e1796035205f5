package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.EventClock;
import dev.tidegate.schemas.event.Decision;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of one partition to batches of counted scores; keeps its counter in a store. A decision
 * on a payment far ahead of time is passed over ({@link EventClock}).
 */
final class CountingProcessor implements Processor<byte[], Decision, String, byte[]> {
  static final String STORE = "score-counters";
  private static final int ID_DIGITS = 16;
  private static final String CLOCK = "event-clock";

  // configuration
  private final ScoreReference reference;
  private final int batchSize;
  private final DriftMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private PartitionCounter counter = new PartitionCounter();
  private EventClock clock = new EventClock();

  CountingProcessor(ScoreReference reference, int batchSize, DriftMeter meter) {
    this.meter = meter;
    this.reference = reference;
    this.batchSize = batchSize;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    byte[] kept = opened.get(reference.release());
    counter = kept == null ? new PartitionCounter() : PartitionCounter.of(kept);
    byte[] reached = opened.get(CLOCK);
    clock = reached == null ? new EventClock() : EventClock.at(ByteBuffer.wrap(reached).getLong());
  }

  @Override
  public void process(Record<byte[], Decision> decided) {
    Decision decision = decided.value();
    ProcessorContext<String, byte[]> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null || decision == null) {
      return;
    }
    if (!reference.release().equals(decision.getRelease())) {
      return;
    }
    if (!clock.takes(decision.getEventTimeMs())) {
      meter.ahead();
      return;
    }
    meter.counted();
    ScoreBatch batch =
        counter.count(
            idBits(decision.getDecisionId()),
            reference.bins().cell(decision.getScore()),
            decision.getEventTimeMs(),
            new PartitionCounter.Batching(out.taskId().partition(), batchSize));
    kept.put(reference.release(), counter.bytes());
    if (batch != null) {
      kept.put(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(clock.nowMs()).array());
      out.forward(decided.withKey(reference.release()).withValue(batch.bytes()));
    }
  }

  /** Ids are hexadecimal digests: the first 64 bits tell them apart as well as a hash would. */
  private static long idBits(String id) {
    if (id.length() >= ID_DIGITS && isHex(id)) {
      return Long.parseUnsignedLong(id, 0, ID_DIGITS, 16);
    }
    return id.hashCode();
  }

  private static boolean isHex(String id) {
    return id.chars().limit(ID_DIGITS).allMatch(c -> Character.digit(c, 16) >= 0);
  }
}
