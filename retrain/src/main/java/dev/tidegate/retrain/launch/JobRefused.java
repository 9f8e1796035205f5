package dev.tidegate.retrain.launch;

import java.io.Serial;

/** There can be no such job; the message says why. */
public final class JobRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With the reason, one sentence. */
  public JobRefused(String message) {
    super(message);
  }
}
