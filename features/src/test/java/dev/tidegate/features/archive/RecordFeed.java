package dev.tidegate.features.archive;

import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts samples on the topic of every table, one minute of event time a payment, and knows where.
 */
final class RecordFeed implements AutoCloseable {
  private static final long STEP_MS = 60_000;

  private final Map<HistoryTable, List<String>> places = new EnumMap<>(HistoryTable.class);
  private final KafkaProducer<byte[], byte[]> producer;
  private final ConfluentRegistry registry;
  private final ExecutorService aside = Executors.newSingleThreadExecutor();

  RecordFeed(EmbeddedPlatform platform) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    registry = new ConfluentRegistry(platform.registryUrl());
  }

  /** Sends what belongs to payments {@code from} to {@code to - 1}; the broker has it on return. */
  void send(int from, int to) throws Exception {
    for (HistoryTable table : HistoryTable.values()) {
      send(table, table.topic().value(), from, to);
    }
    producer.send(Heartbeat.record(0, Samples.START_MS)).get();
  }

  /** The same on another thread; what is sent may be asked for once the answer is there. */
  Future<?> sendAside(int from, int to) {
    return aside.submit(
        () -> {
          send(from, to);
          return null;
        });
  }

  private <T extends SpecificRecord> void send(HistoryTable table, Class<T> type, int from, int to)
      throws Exception {
    EventCodec<T> codec = EventCodec.of(table.topic(), type, registry);
    List<Future<RecordMetadata>> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Transaction payment = Samples.payment(i, Samples.START_MS + i * STEP_MS);
      records.add(
          producer.send(
              new ProducerRecord<>(
                  table.topic().topic(),
                  payment.getPayerAccount().getBytes(StandardCharsets.UTF_8),
                  codec.encode(type.cast(HistoryQueriesTest.event(table, payment))))));
    }
    List<String> known = places.computeIfAbsent(table, none -> new ArrayList<>());
    int i = from;
    for (Future<RecordMetadata> metadata : records) {
      RecordMetadata place = metadata.get();
      known.add(place.partition() + ":" + place.offset() + ":tx-" + i++);
    }
  }

  /** All that was sent for a table, each as {@code partition:offset:transactionId}. */
  List<String> sent(HistoryTable table) {
    return places.get(table);
  }

  /** The same of a history that others wrote: rows that stand under the day of their payment. */
  static List<String> archived(Path history, HistoryTable table) throws Exception {
    try (Duck duck = Duck.open()) {
      return duck
          .rows(
              "SELECT topicPartition || ':' || topicOffset || ':' || transactionId FROM "
                  + Duck.table(history, table)
                  + " WHERE day = eventTime::DATE")
          .stream()
          .map(row -> row.get(0))
          .toList();
    }
  }

  @Override
  public void close() {
    aside.shutdown();
    producer.close();
  }
}
