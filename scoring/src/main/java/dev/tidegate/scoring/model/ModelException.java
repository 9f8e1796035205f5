package dev.tidegate.scoring.model;

import java.io.Serial;

/** A model's backend failed, while opening or while scoring. */
public final class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what was tried and the backend's own failure. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what is wrong. */
  public ModelException(String message) {
    super(message);
  }
}
