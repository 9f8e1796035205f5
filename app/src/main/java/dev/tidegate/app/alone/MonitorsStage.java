package dev.tidegate.app.alone;

import dev.tidegate.app.stage.StageListener;
import dev.tidegate.retrain.drift.DriftMonitor;
import io.micrometer.core.instrument.MeterRegistry;

/** The drift monitors; a thread of theirs that fails is replaced by Kafka Streams. */
final class MonitorsStage implements LoneStage {
  private final DriftMonitor monitor;

  MonitorsStage(DriftMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean ready() {
    return monitor.running();
  }

  @Override
  public void keepRunning(StageListener listener) {
    // looks after itself
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    monitor.bindTo(registry);
  }

  @Override
  public void close() {
    monitor.close();
  }
}
