package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

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
    return FramedTopology.start(where, APPLICATION_ID, define(watched, registry, meter));
  }

  /** The topology. */
  public static Topology define(Watched watched, SchemaRegistry registry) {
    return define(watched, registry, new DriftMeter());
  }

  /** The topology, counting on a meter. */
  static Topology define(Watched watched, SchemaRegistry registry, DriftMeter meter) {
    FramedTopology frame = new FramedTopology(registry, meter);
    frame.store(MinuteProcessor.STORE, Serdes.String());
    frame.store(VolumeProcessor.STORE, Serdes.String());
    KStream<String, byte[]> minutes =
        frame
            .events(Topics.TRANSACTIONS, Transaction.class, "payments")
            .process(
                () -> new MinuteProcessor(meter), Named.as("count-minutes"), MinuteProcessor.STORE);
    KStream<String, byte[]> rejected =
        frame
            .events(Topics.TRANSACTIONS_REJECTED, Rejected.class, "rejected")
            .map(
                (key, input) -> KeyValue.pair(MinuteCount.KEY, MinuteCount.REJECTED.bytes()),
                Named.as("count-rejected"));
    return frame.to(
        minutes
            .merge(rejected, Named.as("inputs"))
            .repartition(FramedTopology.together(BATCHES))
            .process(
                () -> new VolumeProcessor(watched),
                Named.as("watch-volume"),
                VolumeProcessor.STORE));
  }
}
