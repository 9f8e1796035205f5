package dev.tidegate.retrain.trial;

/**
 * What is to happen to a release on trial.
 *
 * @param kind which step
 * @param reason one sentence with figures
 */
public record TrialStep(Kind kind, String reason) {
  /** Steps. */
  public enum Kind {
    /** It has been a shadow for long enough: it may decide for a few. */
    CANARY,
    /** It has been a canary for long enough: a person may approve it, another promote it. */
    READY,
    /** It does worse than it may: it is withdrawn. */
    ROLLBACK
  }
}
