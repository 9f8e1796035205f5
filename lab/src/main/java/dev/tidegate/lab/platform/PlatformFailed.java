package dev.tidegate.lab.platform;

import java.io.Serial;

/**
 * A running platform cannot go on and has to be stopped; what it acknowledged is safe, and a start
 * on its directory goes on from there. The message is one plain line for people.
 */
public final class PlatformFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public PlatformFailed(String message) {
    super(message);
  }
}
