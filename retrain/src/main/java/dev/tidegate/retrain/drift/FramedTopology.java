package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.EventSerde;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What topologies of monitors have in common: how they read topics, hand counts on to one task,
 * keep state, write [drift] and run. Records that cannot be read are counted and passed over.
 */
final class FramedTopology {
  private final SchemaRegistry registry;
  private final DriftMeter meter;
  private final StreamsBuilder builder = new StreamsBuilder();

  FramedTopology(SchemaRegistry registry, DriftMeter meter) {
    this.registry = registry;
    this.meter = meter;
  }

  /** Adds a store in memory with a changelog. */
  <K> void store(String name, Serde<K> keys) {
    StoreBuilder<KeyValueStore<K, byte[]>> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
            .withCachingEnabled();
    builder.addStateStore(store);
  }

  /** Events of a topic. */
  <T extends SpecificRecord> KStream<byte[], T> events(Topics topic, Class<T> type, String name) {
    return builder.stream(
        topic.topic(),
        Consumed.with(
                Serdes.ByteArray(), new EventSerde<>(topic, type, registry, meter::unreadable))
            .withName(name));
  }

  /** All of them to one task. */
  static Repartitioned<String, byte[]> together(String name) {
    return Repartitioned.with(Serdes.String(), Serdes.ByteArray())
        .withName(name)
        .withNumberOfPartitions(1);
  }

  /** The topology, with readings to [drift]. */
  Topology to(KStream<String, DriftMeasurement> readings) {
    readings.to(
        Topics.DRIFT.topic(),
        Produced.with(
                Serdes.String(),
                new EventSerde<>(Topics.DRIFT, DriftMeasurement.class, registry, () -> {}))
            .withName("drift"));
    return builder.build();
  }

  /** Starts a topology, exactly once; returns before anything is read. */
  static RunningTopology start(DriftMonitor.Where where, String applicationId, Topology topology) {
    return RunningTopology.start(
        topology,
        applicationId,
        where.bootstrap(),
        where.stateDir(),
        RunningTopology.Guarantee.EXACTLY_ONCE);
  }
}
