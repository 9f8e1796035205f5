package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * [transactions] as a Flink source. Heartbeats come out as sentinels that {@link
 * TransactionTime#stream} uses up. Starts at the group's committed offsets, at the earliest record
 * where there are none; a restored job starts at its checkpoint's offsets. A value that is not a
 * transaction stops the job with its partition and offset: only the door writes this topic, so it
 * means a broken registry or a foreign writer.
 */
public final class TransactionsSource {
  /**
   * From one agreement on how far may be read to the next. Flink holds a partition by what it had
   * read three agreements ago, so that the delay of agreements does not slow a backlog down.
   */
  private static final Duration ALIGNMENT_INTERVAL = Duration.ofMillis(50);

  private TransactionsSource() {}

  /**
   * The topic as a job's stream of transactions. A partition with neither records nor heartbeats
   * for {@code idleMs} does not hold others back. One that is further than {@code driftMs} ahead of
   * the slowest is not read on until the slowest came closer; what it reads within 150 ms, some
   * thousand records, passes before it is held.
   *
   * @param name name of the source operator and its uid
   */
  public static TransactionStream stream(StreamSettings settings, String name) {
    return env ->
        TransactionTime.stream(
            env,
            kafka(
                settings.bootstrapServers(),
                settings.consumerGroup(),
                RegistryProvider.confluent(settings.registryUrl())),
            watermarks(settings.timing(), name),
            name);
  }

  private static WatermarkStrategy<Transaction> watermarks(
      StreamSettings.Timing timing, String name) {
    WatermarkStrategy<Transaction> watermarks =
        TransactionTime.watermarks(timing.disorderMs())
            .withIdleness(Duration.ofMillis(timing.idleMs()));
    return timing.driftMs() == 0
        ? watermarks
        : watermarks.withWatermarkAlignment(
            name, Duration.ofMillis(timing.driftMs()), ALIGNMENT_INTERVAL);
  }

  /**
   * The source.
   *
   * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
   * @param group consumer group that offsets are committed under, at each checkpoint
   */
  @SuppressWarnings("deprecation") // the connector's own signature still takes the old enum
  public static KafkaSource<Transaction> kafka(
      String bootstrapServers, String group, RegistryProvider registry) {
    return KafkaSource.<Transaction>builder()
        .setProperties(ClientAccess.kafkaProperties())
        .setBootstrapServers(bootstrapServers)
        .setGroupId(group)
        .setClientIdPrefix(group)
        .setTopics(Topics.TRANSACTIONS.topic())
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new Deserializer(registry))
        .setProperty("commit.offsets.on.checkpoint", "true")
        .setProperty("fetch.max.wait.ms", "50")
        .build();
  }

  /** Record to transaction or sentinel. */
  static final class Deserializer implements KafkaRecordDeserializationSchema<Transaction> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final RegistryProvider registry;

    // runtime
    @SuppressWarnings("NullAway.Init") // set by open
    private transient EventCodec<Transaction> codec;

    Deserializer(RegistryProvider registry) {
      this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      codec = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry.open());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> entry, Collector<Transaction> out)
        throws IOException {
      byte[] value = entry.value();
      if (value == null) {
        Long timeMs = Heartbeat.timeOf(entry.headers());
        if (timeMs != null) {
          out.collect(TransactionTime.heartbeat(timeMs));
        }
        return;
      }
      try {
        out.collect(codec.decode(value));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            entry.topic() + " partition " + entry.partition() + " offset " + entry.offset(), e);
      }
    }

    @Override
    public TypeInformation<Transaction> getProducedType() {
      return EventTypeInformation.forEvent(Transaction.class);
    }
  }
}
