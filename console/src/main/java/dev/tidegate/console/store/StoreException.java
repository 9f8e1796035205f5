package dev.tidegate.console.store;

/** The database did not do what was asked. Nothing of the call took effect. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }

  StoreException(String message) {
    super(message);
  }
}
