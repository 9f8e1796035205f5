package dev.tidegate.app.trials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What topics hold at a start, up to where they ended then. A topic is read whole, passed over, or
 * read from a time on together with others: slice of time after slice, in each slice topic after
 * topic, so that none runs ahead of another. What came after the start is read by {@link #goOn}.
 * Times are the broker's, at which it wrote. Not thread safe.
 */
final class StandingTopics {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int SLICES = 100;
  private static final long SHORTEST_SLICE_MS = Duration.ofMinutes(1).toMillis();

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final BooleanSupplier ended;
  private final Map<String, List<TopicPartition>> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> ends;

  /** Takes a record. */
  interface Taker {
    /** Takes one; in order within a partition. */
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * Ends are as of now.
   *
   * @param consumer is given these topics, and nobody else reads by it
   * @param ended asked all the time: once true, nothing more is read
   */
  StandingTopics(
      KafkaConsumer<byte[], byte[]> consumer, Iterable<String> topics, BooleanSupplier ended) {
    this.consumer = consumer;
    this.ended = ended;
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      List<TopicPartition> own =
          consumer.partitionsFor(topic).stream()
              .map(of -> new TopicPartition(topic, of.partition()))
              .toList();
      partitions.put(topic, own);
      all.addAll(own);
    }
    consumer.assign(all);
    consumer.pause(all);
    ends = Map.copyOf(consumer.endOffsets(all));
  }

  /** Reads a topic from its start to its end. */
  void readWhole(String topic, Taker taker) {
    consumer.seekToBeginning(of(topic));
    read(topic, taker, ends);
  }

  /** Reads nothing of what a topic holds. */
  void passOver(String topic) {
    of(topic).forEach(one -> consumer.seek(one, end(one)));
  }

  /**
   * Reads topics from a time to their ends.
   *
   * @param topics in the order in which they are read in each slice
   * @param fromMs time of the first record
   * @param toMs about now; what is newer belongs to the last slice
   * @param afterSlice runs when all topics have been read to the same time
   */
  void readFrom(Map<String, Taker> topics, long fromMs, long toMs, Runnable afterSlice) {
    topics.keySet().forEach(topic -> starts(topic, fromMs).forEach(consumer::seek));
    long slice = Math.max(SHORTEST_SLICE_MS, (toMs - fromMs) / SLICES + 1);
    for (long sliceEndMs = fromMs + slice; !ended.getAsBoolean(); sliceEndMs += slice) {
      boolean last = sliceEndMs >= toMs;
      for (Map.Entry<String, Taker> topic : topics.entrySet()) {
        Map<TopicPartition, Long> bounds = last ? ends : starts(topic.getKey(), sliceEndMs);
        read(topic.getKey(), topic.getValue(), bounds);
      }
      afterSlice.run();
      if (last) {
        return;
      }
    }
  }

  /** All topics go on from where they have been read. */
  void goOn() {
    consumer.resume(ends.keySet());
  }

  /**
   * First offset of each partition that was written at a time or later; its end if there is none.
   */
  private Map<TopicPartition, Long> starts(String topic, long timeMs) {
    Map<TopicPartition, Long> times = new HashMap<>();
    of(topic).forEach(one -> times.put(one, timeMs));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition one : times.keySet()) {
      OffsetAndTimestamp at = found.get(one);
      starts.put(one, at == null ? end(one) : Math.min(at.offset(), end(one)));
    }
    return starts;
  }

  /** Reads to the bounds, not beyond them. */
  private void read(String topic, Taker taker, Map<TopicPartition, Long> bounds) {
    List<TopicPartition> open = new ArrayList<>(of(topic));
    consumer.resume(open);
    while (closeWhatIsRead(open, bounds) && !ended.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
        TopicPartition from = new TopicPartition(found.topic(), found.partition());
        if (found.offset() < bounds.getOrDefault(from, 0L)) {
          taker.take(found);
        }
      }
    }
  }

  private boolean closeWhatIsRead(List<TopicPartition> open, Map<TopicPartition, Long> bounds) {
    open.removeIf(
        one -> {
          long bound = bounds.getOrDefault(one, 0L);
          long position = consumer.position(one);
          if (position < bound) {
            return false;
          }
          consumer.pause(List.of(one));
          if (position > bound) {
            consumer.seek(one, bound); // a poll brings more than is asked for; it comes again
          }
          return true;
        });
    return !open.isEmpty();
  }

  private List<TopicPartition> of(String topic) {
    return partitions.getOrDefault(topic, List.of());
  }

  private long end(TopicPartition one) {
    return ends.getOrDefault(one, 0L);
  }
}
