package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.retrain.stream.SourcePartitions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;

/**
 * The monitors of outcomes, running: a Kafka Streams application of one thread, exactly once, so
 * that each payment is evidence once whatever dies in between. Its topics must exist; it makes its
 * own internal ones. Readers of [drift] who want each reading once read committed records only.
 */
public final class OutcomeMonitor implements AutoCloseable {
  /** Consumer group and prefix of the internal topics. */
  public static final String APPLICATION_ID = "retrain-outcomes";

  private final RunningTopology topology;

  private OutcomeMonitor(RunningTopology topology) {
    this.topology = topology;
  }

  /**
   * Starts; returns before the first decision is read.
   *
   * @param where broker and working folder
   * @param registry where schemas have numbers; must outlive the monitor
   * @param release whose decisions are watched
   * @param settings how they are watched
   * @param meter counts what it passes over
   * @throws IllegalStateException if its topics are not there, or [decisions] and [labels] have
   *     different numbers of partitions
   */
  public static OutcomeMonitor start(
      DriftMonitor.Where where,
      SchemaRegistry registry,
      String release,
      OutcomeSettings settings,
      DriftMeter meter) {
    int partitions =
        SourcePartitions.at(where.bootstrap(), Topics.DECISIONS, Topics.LABELS)
            .same(Topics.DECISIONS, Topics.LABELS);
    return new OutcomeMonitor(
        RunningTopology.start(
            OutcomeTopology.define(release, settings, registry, meter, partitions),
            APPLICATION_ID,
            where.bootstrap(),
            where.stateDir(),
            RunningTopology.Guarantee.EXACTLY_ONCE));
  }

  /** True once it reads all partitions. */
  public boolean running() {
    return topology.running();
  }

  /** Commits and stops, waiting up to 5 s. */
  @Override
  public void close() {
    topology.close();
  }
}
