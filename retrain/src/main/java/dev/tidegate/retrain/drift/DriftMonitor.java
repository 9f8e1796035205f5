package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.codec.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/**
 * The score's drift monitor, running: a Kafka Streams application of one thread. Both topics must
 * exist; it makes its own internal ones.
 */
public final class DriftMonitor implements AutoCloseable {
  /** Consumer group and prefix of the internal topics. */
  public static final String APPLICATION_ID = "retrain-score-drift";

  private final RunningTopology topology;
  private final DriftMeter meter;

  private DriftMonitor(RunningTopology topology, DriftMeter meter) {
    this.topology = topology;
    this.meter = meter;
  }

  /**
   * Starts; returns before the first decision is read.
   *
   * @param where broker and working folder
   * @param registry where schemas have numbers; must outlive the monitor
   * @param reference the scores of the release that is watched
   * @param settings how they are watched
   */
  public static DriftMonitor start(
      Where where, SchemaRegistry registry, ScoreReference reference, DriftSettings settings) {
    return start(where, registry, reference, settings, new DriftMeter());
  }

  /** The same, counting on a meter that other monitors have counted on before. */
  public static DriftMonitor start(
      Where where,
      SchemaRegistry registry,
      ScoreReference reference,
      DriftSettings settings,
      DriftMeter meter) {
    return new DriftMonitor(
        RunningTopology.start(
            ScoreDriftTopology.define(reference, settings, registry, meter),
            APPLICATION_ID,
            where.bootstrap(),
            where.stateDir(),
            RunningTopology.Guarantee.AT_LEAST_ONCE),
        meter);
  }

  /** Shows the monitor's metrics in a registry from now on. */
  public void bindTo(MeterRegistry meters) {
    meter.bindTo(meters);
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

  /**
   * Where a monitor runs.
   *
   * @param bootstrap brokers, host:port with commas between
   * @param stateDir folder of its own for locks and checkpoints; made if missing
   */
  public record Where(String bootstrap, Path stateDir) {}
}
