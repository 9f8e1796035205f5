package dev.tidegate.app;

import java.io.Serial;

/** What was asked cannot be done as asked, and the message says what to change. Exit code 2. */
public final class Refused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public Refused(String message) {
    super(message);
  }

  /** With one line for people, and what did not answer. */
  public Refused(String message, Exception cause) {
    super(message, cause);
  }

  /** For the reason that another failure gives in its message. */
  public Refused(Exception reason) {
    super(reason.getMessage(), reason);
  }
}
