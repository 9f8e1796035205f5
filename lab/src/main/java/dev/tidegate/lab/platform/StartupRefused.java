package dev.tidegate.lab.platform;

import java.io.Serial;

/**
 * The platform cannot start for a reason that its user can mend: a port in use, a directory that is
 * full, unwritable or in use by another instance. The message is one plain line that names the
 * thing and the mend; a command prints it as it is and exits with 2.
 */
public final class StartupRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public StartupRefused(String message) {
    super(message);
  }

  /** With one line for people and what lies behind it. */
  public StartupRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
