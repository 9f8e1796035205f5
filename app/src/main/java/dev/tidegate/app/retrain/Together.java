package dev.tidegate.app.retrain;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that are stopped at the same time, since each may take a while to leave its group. */
final class Together {
  private static final Logger LOG = LoggerFactory.getLogger(Together.class);

  private Together() {}

  /** Returns once all have stopped or failed to. */
  static void close(List<? extends AutoCloseable> parts) {
    CompletableFuture.allOf(
            parts.stream()
                .map(part -> CompletableFuture.runAsync(() -> close(part)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("could not stop {}", part.getClass().getSimpleName(), e);
    }
  }
}
