package dev.tidegate.retrain.request;

import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.codec.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/**
 * The watch for causes to train, running: a Kafka Streams application of one thread, exactly once.
 * Readers of [retrain-requests] read committed records only.
 */
public final class RequestMonitor implements AutoCloseable {
  /** Consumer group and prefix of the internal topics. */
  public static final String APPLICATION_ID = "retrain-causes";

  private final RunningTopology topology;
  private final RequestMeter meter;

  private RequestMonitor(RunningTopology topology, RequestMeter meter) {
    this.topology = topology;
    this.meter = meter;
  }

  /**
   * Starts; returns before the first reading is read.
   *
   * @param bootstrap brokers
   * @param stateDir folder of its own for locks and checkpoints
   * @param registry where schemas have numbers; must outlive the monitor
   * @param watched which model is watched, and how
   */
  public static RequestMonitor start(
      String bootstrap, Path stateDir, SchemaRegistry registry, RequestTopology.Watched watched) {
    RequestMeter meter = new RequestMeter();
    return new RequestMonitor(
        RunningTopology.start(
            RequestTopology.define(watched, new KafkaLogEnds(bootstrap, registry), registry, meter),
            APPLICATION_ID,
            bootstrap,
            stateDir,
            RunningTopology.Guarantee.EXACTLY_ONCE),
        meter);
  }

  /** Shows the metrics in a registry from now on. */
  public void bindTo(MeterRegistry meters) {
    meter.bindTo(meters);
  }

  /** True once it reads both topics. */
  public boolean running() {
    return topology.running();
  }

  /** Commits and stops, waiting up to 5 s. */
  @Override
  public void close() {
    topology.close();
  }
}
