package dev.tidegate.scoring.store;

import java.io.Serial;

/** An object store did not do what it was asked for; the message says what, and its answer. */
public final class StoreFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public StoreFailed(String message) {
    super(message);
  }

  /** The same, for a failure of the connection. */
  public StoreFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
