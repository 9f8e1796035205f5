package dev.tidegate.ingest.csv;

/** A file that cannot be opened or is not what it should be; the message is for people. */
public final class InputProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem with its whole message. */
  public InputProblem(String message) {
    super(message);
  }
}
