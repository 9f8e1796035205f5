package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.EventSerde;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Label;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * [decisions] and [labels] to [drift]: outcomes against calibrated scores once labels have matured,
 * precision of alerts by dispositions, and the rate of payments that are stopped, both ways.
 *
 * <p>Both topics are keyed by transaction id and must have the same number of partitions: so a
 * payment meets its label in one task. Each partition hands on batches of observations; one task
 * watches all. Stores live in memory with a changelog: those of a partition hold the payments of
 * the label's delay, a few hundred bytes each. Decisions of other releases are passed over.
 */
public final class OutcomeTopology {
  private static final String BATCHES = "outcome-observations";

  private OutcomeTopology() {}

  /** The topology for one release. */
  public static Topology define(String release, OutcomeSettings settings, SchemaRegistry registry) {
    return define(release, settings, registry, new DriftMeter());
  }

  /** The topology for one release, counting on a meter. */
  static Topology define(
      String release, OutcomeSettings settings, SchemaRegistry registry, DriftMeter meter) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(MaturingProcessor.WAITING, Serdes.Bytes()));
    builder.addStateStore(store(MaturingProcessor.PENDING, Serdes.Bytes()));
    builder.addStateStore(store(OutcomeProcessor.STORE, Serdes.String()));
    KStream<byte[], SpecificRecord> decisions =
        builder.stream(
                Topics.DECISIONS.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(
                            Topics.DECISIONS, Decision.class, registry, meter::unreadable))
                    .withName("decisions"))
            .mapValues(decision -> (SpecificRecord) decision, Named.as("decided"));
    KStream<byte[], SpecificRecord> labels =
        builder.stream(
                Topics.LABELS.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(Topics.LABELS, Label.class, registry, meter::unreadable))
                    .withName("labels"))
            .mapValues(label -> (SpecificRecord) label, Named.as("labelled"));
    decisions
        .merge(labels, Named.as("outcomes"))
        .process(
            () -> new MaturingProcessor(release, settings),
            Named.as("mature"),
            MaturingProcessor.WAITING,
            MaturingProcessor.PENDING)
        .repartition(
            Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                .withName(BATCHES)
                .withNumberOfPartitions(1))
        .process(
            () -> new OutcomeProcessor(release, settings),
            Named.as("watch"),
            OutcomeProcessor.STORE)
        .to(
            Topics.DRIFT.topic(),
            Produced.with(
                    Serdes.String(),
                    new EventSerde<>(Topics.DRIFT, DriftMeasurement.class, registry, () -> {}))
                .withName("drift"));
    return builder.build();
  }

  private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> keys) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
        .withCachingEnabled();
  }
}
