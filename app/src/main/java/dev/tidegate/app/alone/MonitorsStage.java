package dev.tidegate.app.alone;

import dev.tidegate.app.retrain.Monitors;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.retrain.request.RequestMonitor;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The monitors of the release in charge and the watch for causes to train; a thread of theirs that
 * fails is replaced by Kafka Streams.
 */
final class MonitorsStage implements LoneStage {
  private final Monitors monitors;
  private final RequestMonitor causes;

  MonitorsStage(Monitors monitors, RequestMonitor causes) {
    this.monitors = monitors;
    this.causes = causes;
  }

  @Override
  public boolean ready() {
    return monitors.running() && causes.running();
  }

  @Override
  public void keepRunning(StageListener listener) {
    // looks after itself
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    monitors.bindTo(registry);
    causes.bindTo(registry);
  }

  @Override
  public void close() {
    try (causes) {
      monitors.close();
    }
  }
}
