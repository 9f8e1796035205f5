package dev.tidegate.app.live;

import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * What has been started so far, so that it can be stopped if the rest cannot start or is not wanted
 * any more. All parts share one deadline: a part that hangs must not keep the process, or its
 * children, alive.
 */
final class Started {
  private static final Duration LIMIT = Duration.ofSeconds(16);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final BooleanSupplier stopAsked;

  /**
   * Nothing yet.
   *
   * @param stopAsked whether the rest is not wanted any more
   */
  Started(BooleanSupplier stopAsked) {
    this.stopAsked = stopAsked;
  }

  /**
   * Remembers a part.
   *
   * @throws StartStopped if no more is wanted; the part is remembered all the same
   */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    requireWanted();
    return part;
  }

  /**
   * Before a part is started that takes its time.
   *
   * @throws StartStopped if no more is wanted
   */
  void requireWanted() {
    if (stopAsked.getAsBoolean()) {
      throw new StartStopped(null);
    }
  }

  /** Stops all parts within 16 s, as {@link #closeAll(Deadline)} does. */
  void closeAll() {
    closeAll(Deadline.in(LIMIT));
  }

  /**
   * Stops all parts, the newest first. A part has half of what is left to stop, the last one all of
   * it; one that hangs or fails does not keep the others.
   */
  void closeAll(Deadline deadline) {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      Deadline own = parts.isEmpty() ? deadline : deadline.share(0.5);
      String name = part.getClass().getSimpleName();
      if (!own.await(name, () -> close(part, own))) {
        LoggerFactory.getLogger(Started.class).warn("{} did not stop in time", name);
      }
    }
  }

  private static void close(AutoCloseable part, Deadline deadline) {
    try {
      if (part instanceof EmbeddedPlatform platform) {
        platform.close(deadline);
      } else {
        part.close();
      }
    } catch (Exception e) {
      LoggerFactory.getLogger(Started.class).warn("could not stop {}", part.getClass(), e);
    }
  }
}
