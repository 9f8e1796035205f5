package dev.tidegate.app.alone;

import dev.tidegate.app.stage.Scorer;
import dev.tidegate.app.stage.StageListener;
import io.micrometer.core.instrument.MeterRegistry;

/** A scorer. Made only of a release that has passed its golden vectors. */
final class ScoringStage implements LoneStage {
  private final Scorer scorer;

  ScoringStage(Scorer scorer) {
    this.scorer = scorer;
  }

  @Override
  public boolean ready() {
    return scorer.running();
  }

  @Override
  public void keepRunning(StageListener listener) {
    scorer.keepRunning(listener);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    scorer.bindTo(registry);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
