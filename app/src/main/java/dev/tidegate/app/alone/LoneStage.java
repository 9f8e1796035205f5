package dev.tidegate.app.alone;

import dev.tidegate.app.stage.StageListener;
import io.micrometer.core.instrument.MeterRegistry;

/** A stage that runs by itself. */
interface LoneStage extends AutoCloseable {
  /** True while it does its work; false while it starts, recovers or waits for a server. */
  boolean ready();

  /**
   * Looks after it; called twice a second.
   *
   * @throws dev.tidegate.app.stage.StageFailed if it was given up
   */
  void keepRunning(StageListener listener);

  /** Shows its metrics from now on. */
  void bindTo(MeterRegistry registry);

  /** Where people find it; empty if it has no page. */
  default String page() {
    return "";
  }

  @Override
  void close();
}
