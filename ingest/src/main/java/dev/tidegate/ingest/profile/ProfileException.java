package dev.tidegate.ingest.profile;

/** A profile that cannot be used; the message names the file, the line where known, and the fix. */
public final class ProfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with its whole message. */
  public ProfileException(String message) {
    super(message);
  }
}
