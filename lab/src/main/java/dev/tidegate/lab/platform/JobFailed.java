package dev.tidegate.lab.platform;

import java.io.Serial;

/** A job could not be started, or ended by a failure; the cause says why. */
public final class JobFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With the job's name in the message. */
  public JobFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
