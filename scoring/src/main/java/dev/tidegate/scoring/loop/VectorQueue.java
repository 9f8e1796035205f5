package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.decide.EventId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was read and is in no batch yet: at most two batches' worth. A batch is due when it is full,
 * or when the deadline of the oldest row has come, which is a window's length after the door; with
 * no window, as soon as there is a row. So a window never makes a payment wait that is late
 * already. Not thread safe.
 */
final class VectorQueue {
  // configuration
  private final VectorReader reader;
  private final int most;
  private final long windowMs;
  private final InstantSource clock;

  // runtime
  private final Deque<Queued> queue = new ArrayDeque<>();

  /** A record; its vector is null if it is none. */
  private record Queued(
      TopicPartition partition, long offset, long appendedMs, @Nullable FeatureVector vector) {
    /**
     * When it came through the door, or was appended: a vector that is made again is appended
     * again, and its payment may have been decided since the door.
     */
    long sinceMs() {
      long doorMs = vector == null ? 0 : vector.getTransaction().getIngestedAtMs();
      return doorMs > 0 ? Math.min(doorMs, appendedMs) : appendedMs;
    }

    boolean bornBefore(long timeMs) {
      return vector == null || vector.getTransaction().getIngestedAtMs() < timeMs;
    }
  }

  /** Empty; the clock is the one that stamps payments at the door. */
  VectorQueue(VectorReader reader, ScoringSettings.Batching batching, InstantSource clock) {
    this.reader = reader;
    this.most = batching.rows();
    this.windowMs = batching.window().toMillis();
    this.clock = clock;
  }

  /** True if another poll's records, at most a batch, may be added. */
  boolean hasRoom() {
    return queue.size() < most;
  }

  int size() {
    return queue.size();
  }

  /** Since when the payments that are queued may have been decided; the end of time for none. */
  long oldestMs() {
    long oldest = Long.MAX_VALUE;
    for (Queued queued : queue) {
      oldest = Math.min(oldest, queued.sinceMs());
    }
    return oldest;
  }

  /**
   * Adds what a poll brought.
   *
   * @throws dev.tidegate.schemas.codec.RegistryException if the registry does not know a schema or
   *     does not answer
   */
  void add(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      queue.add(new Queued(partition, record.offset(), record.timestamp(), reader.read(record)));
    }
  }

  /** True if a batch is to be decided now. */
  boolean due() {
    return !queue.isEmpty() && (queue.size() >= most || leftMs() <= 0);
  }

  /** How long a poll may wait for more, at most so long. */
  Duration patience(Duration longest) {
    if (queue.isEmpty()) {
      return longest;
    }
    Duration left = Duration.ofMillis(due() ? 0 : leftMs());
    return left.compareTo(longest) < 0 ? left : longest;
  }

  /** Until the oldest row's deadline; a record that is no vector waits for nothing. */
  private long leftMs() {
    if (windowMs == 0) {
      return 0;
    }
    long now = clock.millis();
    long oldest = now;
    for (Queued queued : queue) {
      if (queued.bornBefore(oldest)) {
        oldest =
            queued.vector == null
                ? now - windowMs
                : queued.vector.getTransaction().getIngestedAtMs();
      }
    }
    return oldest + windowMs - now;
  }

  /**
   * Takes a batch from the front.
   *
   * @param claim takes a decision's id; false if it was taken before
   * @param waitedMs told of each record how long it was queued: from its append to the topic until
   *     now, milliseconds, 0 where the broker's clock is ahead
   */
  Intake take(Predicate<EventId> claim, LongConsumer waitedMs) {
    long now = clock.millis();
    int records = Math.min(most, queue.size());
    List<FeatureVector> vectors = new ArrayList<>(records);
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    int undecodable = 0;
    int duplicates = 0;
    for (int i = 0; i < records; i++) {
      Queued queued = queue.remove();
      waitedMs.accept(Math.max(0, now - queued.appendedMs));
      next.put(queued.partition, new OffsetAndMetadata(queued.offset + 1));
      FeatureVector vector = queued.vector;
      if (vector == null) {
        undecodable++;
      } else if (claim.test(
          EventId.decision(reader.lane(), vector.getTransaction().getTransactionId()))) {
        vectors.add(vector);
      } else {
        duplicates++;
      }
    }
    return new Intake(records, vectors, duplicates, undecodable, next);
  }

  /** Drops what is another scorer's business from now on. */
  void forget(Collection<TopicPartition> partitions) {
    queue.removeIf(queued -> partitions.contains(queued.partition));
  }
}
