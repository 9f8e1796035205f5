package dev.tidegate.benchmarks.job;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * When the broker appended payments and their vectors, milliseconds of its clock; read after the
 * run from the offsets where it began. Both topics carry the broker's append time.
 */
final class AppendTimes {
  private static final long LONGEST_MS = 600_000;
  private static final Duration POLL = Duration.ofMillis(200);

  /** From a payment's append to its vector's append, milliseconds. */
  final Histogram added = new Histogram(LONGEST_MS, 3);

  /** From the moment a payment was meant to be sent to its vector's append, milliseconds. */
  final Histogram fromIntended = new Histogram(LONGEST_MS, 3);

  private final long first;
  private final long[] appendedMs;
  private final long[] intendedMs;

  /**
   * Of payments numbered first to first + count - 1, whose {@code ingestedAtMs} is the moment they
   * were meant to be sent.
   */
  AppendTimes(long first, int count) {
    this.first = first;
    this.appendedMs = new long[count];
    this.intendedMs = new long[count];
  }

  /** Reads both topics from the given offsets to their ends. */
  void read(
      String bootstrapServers, SchemaRegistry registry, Offsets transactions, Offsets features) {
    var payments = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    transactions.readOn(bootstrapServers, POLL, entry -> payment(entry, payments));
    var vectors = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    features.readOn(bootstrapServers, POLL, entry -> vector(entry, vectors));
  }

  private void payment(ConsumerRecord<byte[], byte[]> entry, EventCodec<Transaction> codec) {
    Transaction payment = codec.decode(entry.value());
    int place = place(payment);
    if (place >= 0) {
      appendedMs[place] = entry.timestamp();
      intendedMs[place] = payment.getIngestedAtMs();
    }
  }

  private void vector(ConsumerRecord<byte[], byte[]> entry, EventCodec<FeatureVector> codec) {
    int place = place(codec.decode(entry.value()).getTransaction());
    if (place >= 0 && appendedMs[place] > 0) {
      added.recordValue(Math.max(0, entry.timestamp() - appendedMs[place]));
      fromIntended.recordValue(Math.max(0, entry.timestamp() - intendedMs[place]));
    }
  }

  private int place(Transaction payment) {
    long place = payment.getSourceOffset() - first;
    return place >= 0 && place < appendedMs.length ? (int) place : -1;
  }

  /** Where the partitions of a topic ended at some moment. */
  static final class Offsets {
    private final List<TopicPartition> partitions;
    private final List<Long> from = new ArrayList<>();

    private Offsets(List<TopicPartition> partitions) {
      this.partitions = partitions;
    }

    /** The ends of a topic now. */
    static Offsets now(String bootstrapServers, Topics topic) {
      Offsets offsets = new Offsets(TopicEnds.partitions(topic));
      try (KafkaConsumer<byte[], byte[]> consumer = TopicEnds.consumer(bootstrapServers)) {
        var ends = consumer.endOffsets(offsets.partitions);
        offsets.partitions.forEach(partition -> offsets.from.add(ends.get(partition)));
      }
      return offsets;
    }

    private interface Taker {
      void take(ConsumerRecord<byte[], byte[]> entry);
    }

    private void readOn(String bootstrapServers, Duration poll, Taker taker) {
      try (KafkaConsumer<byte[], byte[]> consumer = TopicEnds.consumer(bootstrapServers)) {
        consumer.assign(partitions);
        for (int i = 0; i < partitions.size(); i++) {
          consumer.seek(partitions.get(i), from.get(i));
        }
        var ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
          for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(poll)) {
            if (entry.value() != null) {
              taker.take(entry);
            }
          }
        }
      }
    }
  }
}
