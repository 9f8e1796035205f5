package dev.tidegate.console.models;

/** What was asked for cannot be; the message says why, in a sentence for people. */
public final class ActRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For a reason. */
  public ActRefused(String reason) {
    super(reason);
  }

  /** For the reason that another exception gives. */
  public ActRefused(RuntimeException cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }

  /** Why. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
