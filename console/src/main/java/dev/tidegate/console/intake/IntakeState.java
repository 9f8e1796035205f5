package dev.tidegate.console.intake;

/**
 * What the intake does at the moment.
 *
 * @param phase where it stands
 * @param note why, in words for people; empty while it runs
 */
public record IntakeState(Phase phase, String note) {
  /** Where the intake stands. */
  public enum Phase {
    /** Not connected yet. */
    STARTING,
    /** Reading and storing. */
    RUNNING,
    /** The log, the registry or the database failed; it tries again. */
    RETRYING,
    /** Closed. */
    STOPPED
  }

  /** True while alerts flow, or would flow if there were any. */
  public boolean running() {
    return phase == Phase.RUNNING;
  }
}
