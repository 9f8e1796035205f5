package dev.tidegate.retrain.launch;

import java.io.Serial;

/** Where jobs run does not answer, or not now; what was asked is to be asked again. */
public final class JobsUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened. */
  public JobsUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
