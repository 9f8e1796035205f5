package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stream.EventSerde;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
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
 * precision of alerts by dispositions, the rate of payments that are stopped, both ways,
 * performance of cohorts of matured labels, and, where groups are configured, fairness between
 * them; the group of a payment stands in its vector, so then [features] are read too.
 *
 * <p>Both topics are keyed by transaction id and must have the same number of partitions: so a
 * payment meets its label in one task. Each partition hands on batches of observations; one task
 * watches all. Stores live in memory with a changelog: those of a partition hold the payments of
 * the label's delay, a few hundred bytes each. Decisions of other releases are passed over.
 */
public final class OutcomeTopology {
  private static final String BATCHES = "outcome-observations";
  private static final String GROUPS = "payment-groups";

  private OutcomeTopology() {}

  /** The topology for one release, over topics as the catalogue has them. */
  public static Topology define(String release, OutcomeSettings settings, SchemaRegistry registry) {
    return define(release, settings, registry, new DriftMeter(), Topics.DECISIONS.partitions());
  }

  /**
   * The topology for one release, counting on a meter.
   *
   * @param partitions of [decisions] and [labels]
   */
  static Topology define(
      String release,
      OutcomeSettings settings,
      SchemaRegistry registry,
      DriftMeter meter,
      int partitions) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(MaturingProcessor.WAITING, Serdes.Bytes()));
    builder.addStateStore(store(MaturingProcessor.PENDING, Serdes.Bytes()));
    builder.addStateStore(store(OutcomeProcessor.STORE, Serdes.String()));
    KStream<byte[], Object> decisions =
        builder.stream(
                Topics.DECISIONS.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(
                            Topics.DECISIONS, Decision.class, registry, meter::unreadable))
                    .withName("decisions"))
            .mapValues(decision -> (Object) decision, Named.as("decided"));
    KStream<byte[], Object> labels =
        builder.stream(
                Topics.LABELS.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(Topics.LABELS, Label.class, registry, meter::unreadable))
                    .withName("labels"))
            .mapValues(label -> (Object) label, Named.as("labelled"));
    KStream<byte[], Object> outcomes = decisions.merge(labels, Named.as("outcomes"));
    PaymentPart by = settings.groupedBy();
    if (by != null) {
      KStream<byte[], Object> groups = groups(builder, by, registry, meter, partitions);
      outcomes = outcomes.merge(groups, Named.as("with-groups"));
    }
    outcomes
        .process(
            () -> new MaturingProcessor(release, settings, meter),
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

  /**
   * Vectors are keyed by payer; the group of each goes to where its payment's decision is. What
   * groups are and the number of partitions are part of the name: what was made for another is not
   * read.
   */
  private static KStream<byte[], Object> groups(
      StreamsBuilder builder,
      PaymentPart by,
      SchemaRegistry registry,
      DriftMeter meter,
      int partitions) {
    return builder.stream(
            Topics.FEATURES.topic(),
            Consumed.with(
                    Serdes.ByteArray(),
                    new EventSerde<>(
                        Topics.FEATURES, FeatureVector.class, registry, meter::unreadable))
                .withName("vectors"))
        .flatMap((key, vector) -> group(by, vector), Named.as("group"))
        .repartition(
            Repartitioned.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName(GROUPS + "-" + by.name().toLowerCase(Locale.ROOT) + "-" + partitions)
                .withNumberOfPartitions(partitions))
        .mapValues(bytes -> (Object) PaymentGroup.of(bytes), Named.as("grouped"));
  }

  private static List<KeyValue<byte[], byte[]>> group(PaymentPart by, FeatureVector vector) {
    Transaction payment = vector == null ? null : vector.getTransaction();
    String group = payment == null ? null : by.of(payment);
    if (payment == null || group == null || group.isEmpty()) {
      return List.of();
    }
    String id = payment.getTransactionId();
    return List.of(
        KeyValue.pair(
            id.getBytes(StandardCharsets.UTF_8),
            new PaymentGroup(payment.getEventTimeMs(), id, group).bytes()));
  }

  /**
   * So many payments as a partition's store holds them while they wait for their labels: to be
   * weighed. Ids have 36 characters.
   */
  public static KeyValueStore<Bytes, byte[]> waiting(int payments) {
    KeyValueStore<Bytes, byte[]> store =
        Stores.inMemoryKeyValueStore(MaturingProcessor.WAITING).get();
    long release = ReleaseMark.of("weighed");
    for (int i = 0; i < payments; i++) {
      WaitingPayment waiting = new WaitingPayment(0.5, false, false, "card", release);
      store.put(WaitingPayment.key(i, String.format(Locale.ROOT, "%036d", i)), waiting.bytes());
    }
    return store;
  }

  private static <K> StoreBuilder<KeyValueStore<K, byte[]>> store(String name, Serde<K> keys) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
        .withCachingEnabled();
  }
}
