package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
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
 * A topic beside the payments as a Flink source. Its events come seldom or late, so they never hold
 * back payments: the source is idle from the start, and the payments' time alone decides. It must
 * not say that it is at the end of time instead: where all payments' partitions fall silent, that
 * would be the least time that is left. Starts as {@link TransactionsSource} does.
 */
public final class UnhurriedSource {
  private UnhurriedSource() {}

  /**
   * The topic as a job's stream.
   *
   * @param timeOf an event's time, milliseconds
   * @param name name of the source operator and its uid
   */
  public static <T extends SpecificRecord> EventStream<T> stream(
      StreamSettings settings, Topics topic, Class<T> type, TimeOf<T> timeOf, String name) {
    return env ->
        env.fromSource(
                kafka(settings, topic, type),
                WatermarkStrategy.<T>forGenerator(context -> new Unhurried<>())
                    .withTimestampAssigner((event, recordTime) -> timeOf.applyAsLong(event)),
                name,
                EventTypeInformation.forEvent(type))
            .uid(name);
  }

  /**
   * An event's time.
   *
   * @param <T> the event
   */
  @FunctionalInterface
  public interface TimeOf<T> extends ToLongFunction<T>, Serializable {}

  @SuppressWarnings("deprecation") // the connector's own signature still takes the old enum
  private static <T extends SpecificRecord> KafkaSource<T> kafka(
      StreamSettings settings, Topics topic, Class<T> type) {
    return KafkaSource.<T>builder()
        .setProperties(ClientAccess.kafkaProperties())
        .setBootstrapServers(settings.bootstrapServers())
        .setGroupId(settings.consumerGroup())
        .setClientIdPrefix(settings.consumerGroup() + "-" + topic.topic())
        .setTopics(topic.topic())
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(
            new Deserializer<>(topic, type, RegistryProvider.confluent(settings.registryUrl())))
        .setProperty("commit.offsets.on.checkpoint", "true")
        .build();
  }

  /** Says at once, and again after each event, that it is not to be waited for. */
  private static final class Unhurried<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timeMs, WatermarkOutput output) {
      onPeriodicEmit(output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }

  private static final class Deserializer<T extends SpecificRecord>
      implements KafkaRecordDeserializationSchema<T> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final Topics topic;
    private final Class<T> type;
    private final RegistryProvider registry;

    // runtime
    @SuppressWarnings("NullAway.Init") // set by open
    private transient EventCodec<T> codec;

    Deserializer(Topics topic, Class<T> type, RegistryProvider registry) {
      this.topic = topic;
      this.type = type;
      this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      codec = EventCodec.of(topic, type, registry.open());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> entry, Collector<T> out)
        throws IOException {
      if (entry.value() == null) {
        return;
      }
      try {
        out.collect(codec.decode(entry.value()));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            entry.topic() + " partition " + entry.partition() + " offset " + entry.offset(), e);
      }
    }

    @Override
    public TypeInformation<T> getProducedType() {
      return EventTypeInformation.forEvent(type);
    }
  }
}
