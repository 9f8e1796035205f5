package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.SeenIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ids of what stands on an output topic, whichever scorer wrote it: the memory that makes the first
 * decision the only one. It is the topic's own content, so it needs no store of its own: {@link
 * #rebuild} reads the horizon's records at start, {@link #catchUp} those that other scorers wrote
 * since, {@link #reachBack} older ones where older payments come. Own records are noted when they
 * are acknowledged, so that they need not be read again.
 *
 * <p>The topic must be read whole by each scorer, since it is partitioned by another key than
 * [features]. Not thread safe; belongs to the loop's thread.
 */
final class WrittenIds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WrittenIds.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** How far the clocks of brokers may be apart, which stamp input and output. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  // configuration
  private final Topics topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Function<byte[], @Nullable EventId> idOfKey;
  private final BiConsumer<EventId, byte[]> reader;
  private final InstantSource clock;
  private final Duration horizon;

  // runtime
  private final SeenIds seen;
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /**
   * A memory that is empty until {@link #rebuild}.
   *
   * @param consumer of no group, for this object alone
   * @param idOfKey id in a record's key; null if the record is not a scorer's
   * @param reader told the id and value of each record that is read back
   */
  WrittenIds(
      Topics topic,
      Consumer<byte[], byte[]> consumer,
      Function<byte[], @Nullable EventId> idOfKey,
      BiConsumer<EventId, byte[]> reader,
      InstantSource clock,
      Duration horizon) {
    this.topic = topic;
    this.consumer = consumer;
    this.idOfKey = idOfKey;
    this.reader = reader;
    this.clock = clock;
    this.horizon = horizon;
    this.seen = new SeenIds(horizon);
  }

  /**
   * Reads the records of the horizon.
   *
   * @param goOn asked between polls; false gives up early
   * @throws IllegalStateException if the topic does not exist
   */
  void rebuild(BooleanSupplier goOn) {
    long sinceMs = Math.max(0, clock.millis() - horizon.toMillis());
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    next.putAll(since(partitions, sinceMs - CLOCKS_APART.toMillis()));
    if (readTo(consumer.endOffsets(partitions), goOn)) {
      seen.reaches(sinceMs);
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.topic()).stream()
            .map(one -> new TopicPartition(one.topic(), one.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException(
          "topic " + topic.topic() + " does not exist; create the catalogue's topics first");
    }
    return partitions;
  }

  /** By partition the offset of the first record since a time. */
  private Map<TopicPartition, Long> since(Collection<TopicPartition> partitions, long sinceMs) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, sinceMs)));
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
    starts.forEach(
        (partition, start) -> {
          if (start != null) {
            offsets.put(partition, start.offset());
          }
        });
    return offsets;
  }

  /** Lets ids go that are older than two horizons. */
  void age() {
    seen.age(clock.millis());
  }

  /**
   * Makes the memory whole from an earlier time on, if it is not: whatever is read from an input,
   * however old, what was written about it since is then known. What is remembered is read again.
   *
   * @param sinceMs when the oldest input came through the door
   * @param goOn asked between polls; false gives up early
   * @return true if there was anything to read
   */
  boolean reachBack(long sinceMs, BooleanSupplier goOn) {
    if (sinceMs >= seen.wholeSinceMs()) {
      return false;
    }
    LOG.info("reading {} back to {}", topic.topic(), Instant.ofEpochMilli(sinceMs));
    Map<TopicPartition, Long> ends = Map.copyOf(next);
    since(ends.keySet(), sinceMs - CLOCKS_APART.toMillis())
        .forEach((partition, start) -> next.merge(partition, start, Math::min));
    if (readTo(ends, goOn)) {
      seen.reaches(sinceMs);
    }
    return true;
  }

  /**
   * Reads what was written since the last time, up to what stands now.
   *
   * @param goOn asked between polls; false gives up early
   */
  void catchUp(BooleanSupplier goOn) {
    readTo(consumer.endOffsets(next.keySet()), goOn);
  }

  /** True if it was not given up. */
  private boolean readTo(Map<TopicPartition, Long> ends, BooleanSupplier goOn) {
    Map<TopicPartition, Long> behind = new HashMap<>(ends);
    behind.entrySet().removeIf(end -> reached(end.getKey(), end.getValue()));
    behind.keySet().forEach(partition -> consumer.seek(partition, nextOf(partition)));
    consumer.resume(behind.keySet());
    consumer.pause(without(behind.keySet()));
    while (!behind.isEmpty() && goOn.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        remember(record);
      }
      behind.keySet().forEach(partition -> next.put(partition, consumer.position(partition)));
      behind.entrySet().removeIf(end -> reached(end.getKey(), end.getValue()));
    }
    return behind.isEmpty();
  }

  private Collection<TopicPartition> without(Collection<TopicPartition> some) {
    return next.keySet().stream().filter(partition -> !some.contains(partition)).toList();
  }

  private boolean reached(TopicPartition partition, long end) {
    return nextOf(partition) >= end;
  }

  private long nextOf(TopicPartition partition) {
    return next.getOrDefault(partition, 0L);
  }

  private void remember(ConsumerRecord<byte[], byte[]> record) {
    EventId id = record.key() == null ? null : idOfKey.apply(record.key());
    if (id != null) {
      seen.add(id, record.timestamp());
      if (record.value() != null) {
        reader.accept(id, record.value());
      }
    }
  }

  /** True if the id is remembered. */
  boolean has(EventId id) {
    return seen.contains(id);
  }

  /** Takes an id for a record to be written; false if it was taken or written before. */
  boolean claim(EventId id) {
    return seen.add(id, clock.millis());
  }

  /** Notes an own record, in the order of its partition, so that it is not read again. */
  void acknowledged(RecordMetadata written) {
    next.computeIfPresent(
        new TopicPartition(written.topic(), written.partition()),
        (partition, offset) -> offset == written.offset() ? offset + 1 : offset);
  }

  /** Number of ids remembered. */
  int size() {
    return seen.size();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
