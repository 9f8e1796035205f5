package dev.tidegate.app.models;

import dev.tidegate.scoring.store.StoreFailed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of releases in an object store, for pages, which do not wait long: what has not come in
 * time is there when the page is asked for again, unless {@value #MOST} others were asked for and
 * not fetched since. While a store does not answer, nobody waits for it. One request at a time.
 * Thread safe.
 */
final class StoredFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StoredFiles.class);
  private static final int MOST = 16;

  // configuration
  private final Store store;
  private final Duration patience;
  private final Executor thread;

  // runtime
  private final Map<String, CompletableFuture<byte @Nullable []>> asked = new LinkedHashMap<>();
  private boolean slow;

  /** A store. */
  interface Store {
    /**
     * A file of a release; null if there is none of that name and sum.
     *
     * @throws StoreFailed if the store does not answer, or refuses
     * @throws IllegalArgumentException if there is no such place
     */
    byte @Nullable [] read(String address, String name, String sum);
  }

  /**
   * Files of a store.
   *
   * @param patience how long a page waits for one
   */
  StoredFiles(Store store, Duration patience) {
    this.store = store;
    this.patience = patience;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread reader = new Thread(task, "release-files");
              reader.setDaemon(true);
              return reader;
            });
  }

  /** A file; null if there is none, or it did not come in time. */
  synchronized byte @Nullable [] read(String address, String name, String sum) {
    String key = address + " " + name + " " + sum;
    CompletableFuture<byte @Nullable []> answer =
        asked.computeIfAbsent(
            key,
            fresh -> CompletableFuture.supplyAsync(() -> store.read(address, name, sum), thread));
    keepFew();
    try {
      byte[] bytes = answer.get(slow ? 0 : patience.toMillis(), TimeUnit.MILLISECONDS);
      asked.remove(key);
      slow = false;
      return bytes;
    } catch (TimeoutException e) {
      slow = true;
      return null;
    } catch (ExecutionException e) {
      asked.remove(key);
      slow = false;
      LOG.warn("{} of {} cannot be shown: {}", name, address, String.valueOf(e.getCause()));
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Forgets the oldest request, so that answers nobody comes back for do not pile up. */
  private void keepFew() {
    if (asked.size() > MOST) {
      String oldest = asked.keySet().iterator().next();
      // What has not begun never does; what is under way ends, and its bytes are nobody's.
      asked.remove(oldest).cancel(false);
    }
  }
}
