package dev.tidegate.app.alone;

import dev.tidegate.app.stage.StageListener;
import dev.tidegate.retrain.launch.RunningLauncher;
import io.micrometer.core.instrument.MeterRegistry;

/** The launcher of trainings; a step that fails it tries again by itself. */
final class LauncherStage implements LoneStage {
  private final RunningLauncher launcher;

  LauncherStage(RunningLauncher launcher) {
    this.launcher = launcher;
  }

  /** Not while the broker or the place where jobs run refuses it. */
  @Override
  public boolean ready() {
    return launcher.working();
  }

  @Override
  public void keepRunning(StageListener listener) {
    // looks after itself
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    launcher.bindTo(registry);
  }

  @Override
  public void close() {
    launcher.close();
  }
}
