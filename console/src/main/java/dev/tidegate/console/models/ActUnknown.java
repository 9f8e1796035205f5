package dev.tidegate.console.models;

/** What was asked for may have been done or not; the message says so, and where to look. */
public final class ActUnknown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For the reason that another exception gives. */
  public ActUnknown(RuntimeException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
