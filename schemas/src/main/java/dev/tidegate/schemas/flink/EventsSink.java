package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A topic as a Flink sink, at least once: a checkpoint waits until the broker has acknowledged all
 * that was sent before it; after a failure what came after the checkpoint is sent again. An
 * exactly-once sink would hold each record until the next checkpoint, which a decision cannot wait
 * for. Record timestamps are the broker's, so that retention counts from writing.
 */
public final class EventsSink {
  private EventsSink() {}

  /**
   * The sink.
   *
   * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
   * @param keyOf the record's key, as the catalogue describes it
   */
  public static <T extends SpecificRecord> KafkaSink<T> kafka(
      String bootstrapServers,
      Topics topic,
      Class<T> type,
      KeyOf<T> keyOf,
      RegistryProvider registry) {
    Properties producer = new Properties();
    producer.putAll(ClientAccess.kafka());
    producer.setProperty(ProducerConfig.ACKS_CONFIG, "all");
    producer.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    producer.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
    producer.setProperty(ProducerConfig.LINGER_MS_CONFIG, "5");
    producer.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "65536");
    return KafkaSink.<T>builder()
        .setBootstrapServers(bootstrapServers)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setKafkaProducerConfig(producer)
        .setRecordSerializer(new Serializer<>(topic, type, keyOf, registry))
        .build();
  }

  /**
   * An event's key.
   *
   * @param <T> the event
   */
  @FunctionalInterface
  public interface KeyOf<T> extends Function<T, String>, Serializable {}

  private static final class Serializer<T extends SpecificRecord>
      implements KafkaRecordSerializationSchema<T> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final Topics topic;
    private final Class<T> type;
    private final KeyOf<T> keyOf;
    private final RegistryProvider registry;

    // runtime
    @SuppressWarnings("NullAway.Init") // set by open
    private transient EventCodec<T> codec;

    Serializer(Topics topic, Class<T> type, KeyOf<T> keyOf, RegistryProvider registry) {
      this.topic = Objects.requireNonNull(topic);
      this.type = type;
      this.keyOf = keyOf;
      this.registry = registry;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
      codec = EventCodec.of(topic, type, registry.open());
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T event, KafkaSinkContext context, Long time) {
      byte[] key = keyOf.apply(event).getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topic.topic(), null, null, key, codec.encode(event));
    }
  }
}
