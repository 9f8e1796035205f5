package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.PageBudget;
import java.time.Duration;

/**
 * How scores are watched.
 *
 * @param windowDecisions decisions that make a window, at least 100
 * @param psi when a window is called drift
 * @param reachMs how far back features look: nothing is compared before the stream is that old; 0
 *     for features without windows
 */
public record DriftSettings(int windowDecisions, CalibratedPsi psi, long reachMs) {
  private static final int LEAST = 100;
  private static final int BATCHES_A_WINDOW = 20;

  /** Windows of 2,000 decisions. */
  public static DriftSettings defaults() {
    return new DriftSettings(2_000, CalibratedPsi.defaults());
  }

  /** For features without windows. */
  public DriftSettings(int windowDecisions, CalibratedPsi psi) {
    this(windowDecisions, psi, 0);
  }

  /** Monitors that share in a page budget: the score is one. */
  public static int monitors() {
    return 1;
  }

  /** The same with the level that a page budget leaves to each window. */
  public DriftSettings within(PageBudget budget, double decisionsPerSecond) {
    Duration window = Duration.ofMillis(Math.round(1_000 * windowDecisions / decisionsPerSecond));
    return new DriftSettings(
        windowDecisions, new CalibratedPsi(budget.level(window), psi.floor()), reachMs);
  }

  /** The same for features that look back. */
  public DriftSettings reaching(long backMs) {
    return new DriftSettings(windowDecisions, psi, backMs);
  }

  /** Checks the range. */
  public DriftSettings {
    if (windowDecisions < LEAST) {
      throw new IllegalArgumentException(
          "a window needs at least " + LEAST + " decisions, not " + windowDecisions);
    }
  }

  /** Decisions that a partition counts before it hands them on. */
  int batchSize() {
    return windowDecisions / BATCHES_A_WINDOW;
  }
}
