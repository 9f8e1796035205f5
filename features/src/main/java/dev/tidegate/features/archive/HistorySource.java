package dev.tidegate.features.archive;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.RegistryProvider;
import java.io.IOException;
import java.io.Serial;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Where the history's records come from: each with its partition and its offset there. */
public interface HistorySource {
  /** Adds the source of one table's records to an environment. */
  <T extends SpecificRecord> DataStream<Tuple3<T, Integer, Long>> open(
      StreamExecutionEnvironment env, HistoryTable table, Class<T> type);

  /**
   * The tables' topics in Kafka. Starts at the group's committed offsets, at the earliest record
   * where there are none; a restored job starts at its checkpoint's offsets. Records without a
   * value (heartbeats) are left out. A value that is not its topic's event stops the job with its
   * partition and offset, as it stops the stage that reads it.
   */
  static HistorySource kafka(HistorySettings settings) {
    return new Kafka(settings);
  }

  /** Type of a table's stream. */
  static <T extends SpecificRecord> TypeInformation<Tuple3<T, Integer, Long>> entries(
      Class<T> type) {
    return new TupleTypeInfo<>(EventTypeInformation.forEvent(type), Types.INT, Types.LONG);
  }

  /** Topics of a broker. */
  record Kafka(HistorySettings settings) implements HistorySource {
    /** A fetch waits for this many bytes, or this long: nobody waits for the history. */
    private static final int FETCH_BYTES = 1 << 16;

    private static final int FETCH_WAIT_MS = 500;

    @Override
    @SuppressWarnings("deprecation") // the connector's own signature still takes the old enum
    public <T extends SpecificRecord> DataStream<Tuple3<T, Integer, Long>> open(
        StreamExecutionEnvironment env, HistoryTable table, Class<T> type) {
      KafkaSource<Tuple3<T, Integer, Long>> source =
          KafkaSource.<Tuple3<T, Integer, Long>>builder()
              .setProperties(ClientAccess.kafkaProperties())
              .setBootstrapServers(settings.bootstrapServers())
              .setGroupId(settings.consumerGroup())
              .setClientIdPrefix(settings.consumerGroup() + "-" + table.folder())
              .setTopics(table.topic().topic())
              .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
              .setDeserializer(
                  new Deserializer<>(
                      table.topic(), type, RegistryProvider.confluent(settings.registryUrl())))
              .setProperty("commit.offsets.on.checkpoint", "true")
              .setProperty("fetch.min.bytes", Integer.toString(FETCH_BYTES))
              .setProperty("fetch.max.wait.ms", Integer.toString(FETCH_WAIT_MS))
              .build();
      String name = "history-" + table.folder();
      return env.fromSource(source, WatermarkStrategy.noWatermarks(), name, entries(type))
          .uid(name);
    }
  }

  /** A record to an event with its place. */
  final class Deserializer<T extends SpecificRecord>
      implements KafkaRecordDeserializationSchema<Tuple3<T, Integer, Long>> {
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
    public void deserialize(
        ConsumerRecord<byte[], byte[]> entry, Collector<Tuple3<T, Integer, Long>> out)
        throws IOException {
      byte[] value = entry.value();
      if (value == null) {
        return;
      }
      try {
        out.collect(Tuple3.of(codec.decode(value), entry.partition(), entry.offset()));
      } catch (IllegalArgumentException e) {
        throw new IOException(
            entry.topic() + " partition " + entry.partition() + " offset " + entry.offset(), e);
      }
    }

    @Override
    public TypeInformation<Tuple3<T, Integer, Long>> getProducedType() {
      return entries(type);
    }
  }
}
