package dev.tidegate.app.stage;

import java.io.Serial;

/** A stage was given up; the message is one line for people, the cause is for the log. */
public final class StageFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String stage;
  private final String reason;

  /** By what stopped it. */
  public StageFailed(String stage, Throwable cause) {
    this(stage, FailureReason.of(cause), cause);
  }

  /** By what the engine printed of what stopped it. */
  StageFailed(String stage, String trace) {
    this(stage, FailureReason.ofTrace(trace), new IllegalStateException(trace));
  }

  private StageFailed(String stage, String reason, Throwable cause) {
    super(stage + " failed for good: " + reason, cause);
    this.stage = stage;
    this.reason = reason;
  }

  /** Name of the stage. */
  public String stage() {
    return stage;
  }

  /** Why, in one line. */
  public String reason() {
    return reason;
  }
}
