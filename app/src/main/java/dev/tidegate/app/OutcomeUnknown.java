package dev.tidegate.app;

import java.io.Serial;

/**
 * Something was asked of the platform and the answer did not come: it may have been done or not,
 * and the message says where to look. Exit code 1.
 */
public final class OutcomeUnknown extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public OutcomeUnknown(String message, Throwable cause) {
    super(message, cause);
  }
}
