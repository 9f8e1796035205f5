package dev.tidegate.retrain.request;

import dev.tidegate.retrain.stream.EventSerde;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.ReleaseLine;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * [drift] and [models] to [retrain-requests]: causes to train the release in charge of one model.
 *
 * <p>Readings of other releases are passed over. The store, in memory with a changelog, holds when
 * the last request was and the steps of the model's releases. Run it exactly once: then state,
 * offsets and requests are committed together, and no reading makes two requests. Readings of
 * monitors that only go at least once may come twice; the cooldown takes them.
 */
public final class RequestTopology {
  private RequestTopology() {}

  /**
   * Which model is watched.
   *
   * @param first the release in charge until [models] says otherwise
   * @param known where that release is
   * @param policy what is cause enough
   */
  public record Watched(InCharge first, ReleaseLine.Known known, RequestPolicy policy) {}

  /** The topology for a model. */
  public static Topology define(Watched watched, LogEnds ends, SchemaRegistry registry) {
    return define(watched, ends, registry, new RequestMeter());
  }

  /** The topology for a model, counting on a meter. */
  static Topology define(
      Watched watched, LogEnds ends, SchemaRegistry registry, RequestMeter meter) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(RequestProcessor.STORE),
            Serdes.String(),
            Serdes.ByteArray()));
    KStream<byte[], SpecificRecord> readings =
        builder.stream(
                Topics.DRIFT.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(
                            Topics.DRIFT, DriftMeasurement.class, registry, meter::unreadable))
                    .withName("readings"))
            .mapValues(reading -> (SpecificRecord) reading, Named.as("read"));
    KStream<byte[], SpecificRecord> steps =
        builder.stream(
                Topics.MODELS.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(
                            Topics.MODELS, ModelRelease.class, registry, meter::unreadable))
                    .withName("steps"))
            .mapValues(step -> (SpecificRecord) step, Named.as("stepped"));
    readings
        .merge(steps, Named.as("readings-and-steps"))
        .process(
            () -> new RequestProcessor(watched, ends, registry, meter),
            Named.as("find-causes"),
            RequestProcessor.STORE)
        .to(
            Topics.RETRAIN_REQUESTS.topic(),
            Produced.with(
                    Serdes.String(),
                    new EventSerde<>(
                        Topics.RETRAIN_REQUESTS, RetrainRequest.class, registry, () -> {}))
                .withName("requests"));
    return builder.build();
  }
}
