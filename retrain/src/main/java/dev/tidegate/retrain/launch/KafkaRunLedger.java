package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.RetrainRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as the topic [retrain-runs], which keeps the newest record of each run for good. Held
 * in memory as well, some 500 bytes a run. Not thread safe.
 */
public final class KafkaRunLedger implements RunLedger {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRunLedger.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrap;
  private final EventCodec<RetrainRun> codec;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, RetrainRun> runs = new HashMap<>();

  /** A ledger at a broker; {@link #refresh} reads it. */
  public KafkaRunLedger(String bootstrap, SchemaRegistry registry) {
    this.bootstrap = bootstrap;
    this.codec = EventCodec.of(Topics.RETRAIN_RUNS, RetrainRun.class, registry);
    this.producer =
        new KafkaProducer<>(
            ClientAccess.with(
                Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    bootstrap,
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    1)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void refresh() {
    Map<String, Object> config =
        ClientAccess.with(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.RETRAIN_RUNS.topic()).stream()
              .map(found -> new TopicPartition(found.topic(), found.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      runs.clear();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(this::keep);
      }
    }
  }

  private void keep(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return;
    }
    try {
      RetrainRun run = codec.decode(record.value());
      runs.put(run.getRunId(), run);
    } catch (IllegalArgumentException e) {
      LOG.warn("passed over offset {} of the ledger: {}", record.offset(), e.getMessage());
    }
  }

  @Override
  public @Nullable RetrainRun of(String runId) {
    return runs.get(runId);
  }

  @Override
  public List<RetrainRun> all() {
    return runs.values().stream()
        .sorted(
            Comparator.comparingLong(RetrainRun::getRequestedAtMs)
                .thenComparing(RetrainRun::getRunId))
        .toList();
  }

  @Override
  public void write(RetrainRun run) {
    byte[] key = run.getRunId().getBytes(StandardCharsets.UTF_8);
    try {
      producer
          .send(new ProducerRecord<>(Topics.RETRAIN_RUNS.topic(), key, codec.encode(run)))
          .get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("the ledger did not take run " + run.getRunId(), e.getCause());
    }
    runs.put(run.getRunId(), run);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
