package dev.tidegate.console;

/** The console cannot listen where it should: the address is in use, unknown or not allowed. */
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
