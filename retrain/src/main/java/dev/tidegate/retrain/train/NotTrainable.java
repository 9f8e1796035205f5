package dev.tidegate.retrain.train;

/** The rows cannot carry a model. The message is one line: the counts, and what to do. */
public final class NotTrainable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the counts and the way out. */
  public NotTrainable(String message) {
    super(message);
  }
}
