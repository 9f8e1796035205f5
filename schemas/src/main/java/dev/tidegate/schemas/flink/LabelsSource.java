package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Label;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.eventtime.Watermark;
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
 * [labels] as a Flink source. Labels come seldom and days late, so they never hold back payments:
 * their watermark stands at the end of time from the start, and the payments' alone decides.
 */
public final class LabelsSource {
  private LabelsSource() {}

  /**
   * The topic as a job's stream of labels.
   *
   * @param name name of the source operator and its uid
   */
  public static LabelStream stream(StreamSettings settings, String name) {
    return env ->
        env.fromSource(
                kafka(settings),
                WatermarkStrategy.<Label>forGenerator(context -> new Unhurried())
                    .withTimestampAssigner((label, recordTime) -> label.getKnownAtMs()),
                name,
                EventTypeInformation.forEvent(Label.class))
            .uid(name);
  }

  @SuppressWarnings("deprecation") // the connector's own signature still takes the old enum
  private static KafkaSource<Label> kafka(StreamSettings settings) {
    return KafkaSource.<Label>builder()
        .setProperties(ClientAccess.kafkaProperties())
        .setBootstrapServers(settings.bootstrapServers())
        .setGroupId(settings.consumerGroup())
        .setClientIdPrefix(settings.consumerGroup() + "-labels")
        .setTopics(Topics.LABELS.topic())
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new Deserializer(RegistryProvider.confluent(settings.registryUrl())))
        .setProperty("commit.offsets.on.checkpoint", "true")
        .build();
  }

  /** Says at once that it will never be the one to wait for. */
  private static final class Unhurried implements WatermarkGenerator<Label> {
    @Override
    public void onEvent(Label label, long timeMs, WatermarkOutput output) {
      onPeriodicEmit(output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }

  private static final class Deserializer implements KafkaRecordDeserializationSchema<Label> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final RegistryProvider registry;

    // runtime
    @SuppressWarnings("NullAway.Init") // set by open
    private transient EventCodec<Label> codec;

    Deserializer(RegistryProvider registry) {
      this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
      codec = EventCodec.of(Topics.LABELS, Label.class, registry.open());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> entry, Collector<Label> out)
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
    public TypeInformation<Label> getProducedType() {
      return EventTypeInformation.forEvent(Label.class);
    }
  }
}
