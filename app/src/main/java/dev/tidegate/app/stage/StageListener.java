package dev.tidegate.app.stage;

import java.time.Duration;

/** Is told what becomes of stages, by the thread that watches them. */
public interface StageListener {
  /**
   * A stage failed and starts again.
   *
   * @param stage its name
   * @param reason one line for people
   * @param pause before its next start; zero where the engine decides
   */
  void restarting(String stage, String reason, Duration pause);

  /** A stage that failed runs again. */
  void running(String stage);
}
