package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.EventSerde;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * [decisions] to [drift]: calibrated PSI of the score against a release's reference.
 *
 * <p>Each partition counts its decisions and hands on a batch of counts at a time; one task gathers
 * the batches of all partitions, in the order they arrive, into windows of a number of decisions.
 * So the narrow place sees one small record a batch, not one a decision. Stores live in memory,
 * cached between commits, with a changelog. Decisions of other releases are passed over.
 */
public final class ScoreDriftTopology {
  private static final String BATCHES = "score-counts";

  private ScoreDriftTopology() {}

  /** The topology for one release. */
  public static Topology define(
      ScoreReference reference, DriftSettings settings, SchemaRegistry registry) {
    return define(reference, settings, registry, new DriftMeter());
  }

  /** The topology for one release, counting on a meter. */
  static Topology define(
      ScoreReference reference, DriftSettings settings, SchemaRegistry registry, DriftMeter meter) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(CountingProcessor.STORE));
    builder.addStateStore(store(WindowProcessor.STORE));
    builder.stream(
            Topics.DECISIONS.topic(),
            Consumed.with(
                    Serdes.ByteArray(),
                    new EventSerde<>(Topics.DECISIONS, Decision.class, registry, meter::unreadable))
                .withName("decisions"))
        .process(
            () -> new CountingProcessor(reference, settings.batchSize(), meter),
            Named.as("count-scores"),
            CountingProcessor.STORE)
        .repartition(
            Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                .withName(BATCHES)
                .withNumberOfPartitions(1))
        .process(
            () -> new WindowProcessor(reference, settings, meter),
            Named.as("compare-window"),
            WindowProcessor.STORE)
        .to(
            Topics.DRIFT.topic(),
            Produced.with(
                    Serdes.String(),
                    new EventSerde<>(Topics.DRIFT, DriftMeasurement.class, registry, () -> {}))
                .withName("drift"));
    return builder.build();
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }
}
