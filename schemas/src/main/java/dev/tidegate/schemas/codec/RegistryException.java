package dev.tidegate.schemas.codec;

import java.io.Serial;

/** The registry refused a schema, does not know an id, or does not answer. */
public final class RegistryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what was asked, and the registry's answer as the cause. */
  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what was asked and why it cannot be. */
  public RegistryException(String message) {
    super(message);
  }
}
