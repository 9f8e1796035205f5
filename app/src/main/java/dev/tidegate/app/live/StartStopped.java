package dev.tidegate.app.live;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A platform did not start, for a stop was asked for meanwhile; what had started is stopped. */
public final class StartStopped extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StartStopped(@Nullable Throwable cause) {
    super("stopped while it was starting", cause);
  }
}
