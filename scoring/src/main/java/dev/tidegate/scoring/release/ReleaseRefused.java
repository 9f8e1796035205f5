package dev.tidegate.scoring.release;

import java.io.Serial;
import java.nio.file.Path;

/** A release folder that must not serve; the message says in one line which and why. */
public final class ReleaseRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With the folder and the reason. */
  public ReleaseRefused(Path folder, String reason) {
    super(line(folder, reason));
  }

  /** With the folder, the reason and what failed. */
  public ReleaseRefused(Path folder, String reason, Throwable cause) {
    super(line(folder, reason), cause);
  }

  private static String line(Path folder, String reason) {
    return "release " + folder + " refused: " + reason.lines().findFirst().orElse("no reason");
  }
}
