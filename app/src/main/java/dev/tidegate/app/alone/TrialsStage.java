package dev.tidegate.app.alone;

import dev.tidegate.app.stage.StageFailed;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.trials.TrialFollower;
import io.micrometer.core.instrument.MeterRegistry;

/** Leads releases through their trials; one that ends by a failure is given up. */
final class TrialsStage implements LoneStage {
  private final TrialFollower follower;

  TrialsStage(TrialFollower follower) {
    this.follower = follower;
  }

  /** Not while it reads what stands. */
  @Override
  public boolean ready() {
    return follower.following();
  }

  @Override
  public void keepRunning(StageListener listener) {
    Throwable failure = follower.failure();
    if (failure != null) {
      throw new StageFailed("trials", failure);
    }
  }

  /** It has no figures of its own: what it does stands on [models] and [audit]. */
  @Override
  public void bindTo(MeterRegistry registry) {}

  @Override
  public void close() {
    follower.close();
  }
}
