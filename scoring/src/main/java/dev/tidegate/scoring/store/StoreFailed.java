package dev.tidegate.scoring.store;

import java.io.Serial;

/** An object store did not do what it was asked for; the message says what, and its answer. */
public final class StoreFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean forbidden;

  /** With one line for people. */
  public StoreFailed(String message) {
    this(message, false);
  }

  private StoreFailed(String message, boolean forbidden) {
    super(message);
    this.forbidden = forbidden;
  }

  /** For an answer of 403. */
  static StoreFailed forbidden(String message) {
    return new StoreFailed(message, true);
  }

  /** The same, for a failure of the connection. */
  public StoreFailed(String message, Throwable cause) {
    super(message, cause);
    forbidden = false;
  }

  /**
   * True if the store answered 403: the keys may not do this, or may not know whether the object is
   * there. S3 says so of what is absent to keys that may not list the bucket.
   */
  boolean isForbidden() {
    return forbidden;
  }
}
