package dev.tidegate.scoring.loop;

import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.store.StoreFailed;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases that are wanted and not open yet, opened one after another by a thread of its own. A
 * store that fails says nothing about a release: it is asked again, after pauses that double from
 * one second to a minute, until it answers or the release is wanted no more. What is refused is
 * refused for good.
 *
 * <p>Not thread safe; belongs to the loop's thread.
 */
final class OpeningReleases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningReleases.class);
  private static final long WAIT_MS = 100;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  // configuration
  private final Function<ReleaseLine.Known, OpenRelease> opener;
  private final InstantSource clock;
  private final Taker taker;
  private final ExecutorService thread;

  // runtime
  private final Map<String, Opening> opening = new HashMap<>();
  private final Map<String, Pause> pauses = new HashMap<>();
  private long retries;

  /** Hears of each release how it went. */
  interface Taker {
    /** It is open. */
    void opened(String release, OpenRelease open);

    /**
     * It will never open as it stands.
     *
     * @param namings how often events had named it when it was asked for
     */
    void refused(String release, String why, int namings);
  }

  /**
   * A release that is being opened.
   *
   * @param namings how often events had named it when that began
   */
  private record Opening(CompletableFuture<OpenRelease> future, int namings) {}

  /**
   * A release whose store failed.
   *
   * @param untilMs when it is asked again
   * @param length of this pause
   * @param namings how often events had named it; one more ends the pause
   */
  private record Pause(long untilMs, Duration length, int namings) {}

  /**
   * Nothing is wanted yet.
   *
   * @param name of the thread
   * @param opener fetches, verifies, warms and opens; called in the thread
   * @param clock times pauses
   */
  OpeningReleases(
      String name,
      Function<ReleaseLine.Known, OpenRelease> opener,
      InstantSource clock,
      Taker taker) {
    this.opener = opener;
    this.clock = clock;
    this.taker = taker;
    this.thread = Executors.newSingleThreadExecutor(work -> daemon(work, name));
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Asks for a release, unless that is under way or pauses.
   *
   * @param namings how often events have named it
   */
  void want(ReleaseLine.Known known, int namings) {
    String release = known.release();
    Pause pause = pauses.get(release);
    boolean pausing = pause != null && pause.namings == namings && clock.millis() < pause.untilMs;
    if (!pausing && !opening.containsKey(release)) {
      opening.put(
          release,
          new Opening(CompletableFuture.supplyAsync(() -> opener.apply(known), thread), namings));
    }
  }

  /** Forgets the pauses of releases that are wanted no more. */
  void keepOnly(Set<String> wanted) {
    pauses.keySet().retainAll(wanted);
  }

  /** True while a release is on its way; false also while it pauses. */
  boolean isUnderWay(String release) {
    return opening.containsKey(release);
  }

  /** True if none is on its way. */
  boolean isIdle() {
    return opening.isEmpty();
  }

  /** Waits a moment for one that is on its way. */
  void waitForOne() {
    try {
      CompletableFuture.anyOf(
              opening.values().stream().map(Opening::future).toArray(CompletableFuture[]::new))
          .get(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a release was loaded", e);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("a release is not there yet: {}", e.toString());
    }
  }

  /** Hands over what is done, and waits for nothing. */
  void collect() {
    Set.copyOf(opening.keySet()).forEach(this::collect);
  }

  private void collect(String release) {
    Opening asked = Objects.requireNonNull(opening.get(release));
    if (!asked.future.isDone()) {
      return;
    }
    opening.remove(release);
    try {
      OpenRelease open = asked.future.join();
      pauses.remove(release);
      taker.opened(release, open);
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (mayPass(cause)) {
        pause(release, asked.namings, cause);
      } else {
        pauses.remove(release);
        taker.refused(release, String.valueOf(cause.getMessage()), asked.namings);
      }
    }
  }

  /** Whether the same release may open later: the store failed, or the disk of this machine. */
  private static boolean mayPass(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof StoreFailed) {
        return true;
      }
    }
    return thrown instanceof UncheckedIOException;
  }

  private void pause(String release, int namings, Throwable cause) {
    @Nullable Pause before = pauses.get(release);
    Duration length = FIRST_PAUSE;
    if (before != null && before.namings == namings) {
      Duration twice = before.length.multipliedBy(2);
      length = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
    pauses.put(release, new Pause(clock.millis() + length.toMillis(), length, namings));
    retries++;
    LOG.warn(
        "release {} cannot be had now and is asked for again in {} s; who was at work stays: {}",
        release,
        length.toSeconds(),
        cause.getMessage());
  }

  /** Times a store failed since this was called last. */
  long takeRetries() {
    long taken = retries;
    retries = 0;
    return taken;
  }

  /** Wants nothing more; what still opens is closed when it is open. */
  @Override
  public void close() {
    thread.shutdown();
    opening.values().forEach(one -> closeWhenOpen(one.future));
  }

  private static void closeWhenOpen(CompletableFuture<OpenRelease> future) {
    var unused =
        future.whenComplete(
            (release, thrown) -> {
              if (release != null) {
                release.close();
              }
            });
  }
}
