package dev.tidegate.app.alone;

import dev.tidegate.app.stage.ServedCheck;
import dev.tidegate.app.stage.StageListener;
import io.micrometer.core.instrument.MeterRegistry;

/** The check of served features against the history; a turn that fails is followed by the next. */
final class FeaturesCheckStage implements LoneStage {
  private final ServedCheck check;

  FeaturesCheckStage(ServedCheck check) {
    this.check = check;
  }

  /** Not while the history cannot be read. */
  @Override
  public boolean ready() {
    return check.working();
  }

  @Override
  public void keepRunning(StageListener listener) {
    // looks after itself
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    check.bindTo(registry);
  }

  @Override
  public void close() {
    check.close();
  }
}
