package dev.tidegate.app.live;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.LoggerFactory;

/** What has been started so far, so that it can be stopped if the rest cannot start. */
final class Started {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Remembers a part. */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Stops all parts, the newest first; a part that fails to stop does not keep the others. */
  void closeAll() {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        LoggerFactory.getLogger(Started.class).warn("could not stop {}", part.getClass(), e);
      }
    }
    parts.clear();
  }
}
