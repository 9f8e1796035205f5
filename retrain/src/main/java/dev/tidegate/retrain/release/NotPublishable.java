package dev.tidegate.retrain.release;

import java.io.Serial;

/** A model that must not become a release. The message is one line: what was found, and where. */
public final class NotPublishable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what was found. */
  public NotPublishable(String message) {
    super(message);
  }
}
