package dev.tidegate.ingest.publish;

/** A feed that cannot go on; it can be started again and resumes where it stopped. */
public final class FeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened, for people. */
  public FeedException(String message) {
    super(message);
  }

  /** What happened, for people, and its cause. */
  public FeedException(String message, Throwable cause) {
    super(message, cause);
  }
}
