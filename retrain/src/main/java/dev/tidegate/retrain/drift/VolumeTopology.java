package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stream.EventSerde;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
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
 * [transactions] and [transactions.rejected] to [drift]: how many payments come a minute, against
 * the same hour of the week before, and what share of inputs the door cannot read.
 *
 * <p>Each partition hands on the number of its payments a minute of event time; one task adds them
 * up and judges minutes that all partitions have gone past. Where nothing comes at all, no payment
 * and no heartbeat of a door, time goes on by the wall clock: silence is the fault that matters
 * most. Stores live in memory with a changelog. What is watched belongs to the door and to no
 * model; readings name the release in charge all the same, as those of all monitors do.
 */
public final class VolumeTopology {
  /** Consumer group and prefix of the internal topics. */
  public static final String APPLICATION_ID = "retrain-volume";

  /** Time that is judged at once. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final String BATCHES = "payments-a-minute";
  private static final int MONITORS = 3;
  // Usual rates are learned from a week of minutes at most: a steady stream has few odd ones.
  private static final Learning A_WEEK = new Learning(256, 7 * 24 * 60, 0.01);

  private VolumeTopology() {}

  /**
   * How it is watched.
   *
   * @param release the release in charge
   * @param learning how usual rates are learned
   * @param minuteRunLength average minutes to a false alarm, of each direction
   * @param inputRunLength average inputs to a false alarm about those that cannot be read
   * @param partitions of [transactions]: a minute is judged once so many have gone past it
   */
  public record Watched(
      String release,
      Learning learning,
      double minuteRunLength,
      double inputRunLength,
      int partitions) {
    /** By a page budget whose monitors include these three, for a topic of so many partitions. */
    public static Watched of(
        String release, PageBudget budget, double paymentsPerSecond, int partitions) {
      return new Watched(
          release,
          A_WEEK,
          budget.runLength(1.0 / INTERVAL.toSeconds()),
          budget.runLength(paymentsPerSecond),
          partitions);
    }
  }

  /** Monitors that share in a page budget: too few payments, too many, inputs not readable. */
  public static int monitors() {
    return MONITORS;
  }

  /**
   * Starts the topology, exactly once; returns before anything is read.
   *
   * @param registry where schemas have numbers; must outlive it
   * @param meter counts what it passes over
   */
  public static RunningTopology start(
      DriftMonitor.Where where, SchemaRegistry registry, Watched watched, DriftMeter meter) {
    return RunningTopology.start(
        define(watched, registry, meter),
        APPLICATION_ID,
        where.bootstrap(),
        where.stateDir(),
        RunningTopology.Guarantee.EXACTLY_ONCE);
  }

  /** The topology. */
  public static Topology define(Watched watched, SchemaRegistry registry) {
    return define(watched, registry, new DriftMeter());
  }

  /** The topology, counting on a meter. */
  static Topology define(Watched watched, SchemaRegistry registry, DriftMeter meter) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(MinuteProcessor.STORE));
    builder.addStateStore(store(VolumeProcessor.STORE));
    KStream<String, byte[]> minutes =
        builder.stream(
                Topics.TRANSACTIONS.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(
                            Topics.TRANSACTIONS, Transaction.class, registry, meter::unreadable))
                    .withName("payments"))
            .process(
                () -> new MinuteProcessor(meter), Named.as("count-minutes"), MinuteProcessor.STORE);
    KStream<String, byte[]> rejected =
        builder.stream(
                Topics.TRANSACTIONS_REJECTED.topic(),
                Consumed.with(
                        Serdes.ByteArray(),
                        new EventSerde<>(
                            Topics.TRANSACTIONS_REJECTED,
                            Rejected.class,
                            registry,
                            meter::unreadable))
                    .withName("rejected"))
            .map(
                (key, input) -> KeyValue.pair(MinuteCount.KEY, MinuteCount.REJECTED.bytes()),
                Named.as("count-rejected"));
    minutes
        .merge(rejected, Named.as("inputs"))
        .repartition(
            Repartitioned.with(Serdes.String(), Serdes.ByteArray())
                .withName(BATCHES)
                .withNumberOfPartitions(1))
        .process(
            () -> new VolumeProcessor(watched), Named.as("watch-volume"), VolumeProcessor.STORE)
        .to(
            Topics.DRIFT.topic(),
            Produced.with(
                    Serdes.String(),
                    new EventSerde<>(Topics.DRIFT, DriftMeasurement.class, registry, () -> {}))
                .withName("drift"));
    return builder.build();
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    Serde<String> keys = Serdes.String();
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
        .withCachingEnabled();
  }
}
