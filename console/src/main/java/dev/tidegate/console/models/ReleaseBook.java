package dev.tidegate.console.models;

import dev.tidegate.console.control.ControlLog;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.time.WallClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What [models], [audit] and [retrain-runs] say, in memory: the newest {@value #MOST_STEPS} steps
 * of releases, as many audit events about releases, and the newest state of {@value #MOST_RUNS}
 * training runs. Thread safe.
 */
public final class ReleaseBook {
  static final int MOST_STEPS = 10_000;
  static final int MOST_RUNS = 200;
  private static final String ABOUT_RELEASES = "model.";

  private final Deque<ModelRelease> steps = new ArrayDeque<>();
  private final Deque<AuditEvent> audit = new ArrayDeque<>();
  private final Map<String, RetrainRun> runs = new LinkedHashMap<>();
  private long version;

  /** A book without events. */
  public ReleaseBook() {}

  /** Takes [models]. */
  public ControlLog<ModelRelease> steps() {
    return new ControlLog<>(event -> keep(steps, event), () -> change(steps::clear));
  }

  /** Takes [audit]; what is not about releases is passed over. */
  public ControlLog<AuditEvent> audit() {
    return new ControlLog<>(
        event -> {
          if (event.getAction().startsWith(ABOUT_RELEASES)) {
            keep(audit, event);
          }
        },
        () -> change(audit::clear));
  }

  /** Takes [retrain-runs]. */
  public ControlLog<RetrainRun> runs() {
    return new ControlLog<>(run -> change(() -> keep(run)), () -> change(runs::clear));
  }

  private <T> void keep(Deque<T> kept, T event) {
    change(
        () -> {
          kept.addLast(event);
          if (kept.size() > MOST_STEPS) {
            kept.removeFirst();
          }
        });
  }

  private void keep(RetrainRun run) {
    runs.remove(run.getRunId());
    runs.put(run.getRunId(), run);
    if (runs.size() > MOST_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  private synchronized void change(Runnable change) {
    change.run();
    version++;
    notifyAll();
  }

  /**
   * What stands.
   *
   * @param version rises with each change
   * @param steps of releases, in their order
   * @param audit about releases, in its order
   * @param runs newest state of each, the one that changed last first
   */
  public record Page(
      long version, List<ModelRelease> steps, List<AuditEvent> audit, List<RetrainRun> runs) {
    /** Takes copies. */
    public Page {
      steps = List.copyOf(steps);
      audit = List.copyOf(audit);
      runs = List.copyOf(runs);
    }
  }

  /** What stands now. */
  public synchronized Page page() {
    List<RetrainRun> newest = new ArrayList<>(runs.values());
    newest.sort(Comparator.comparingLong(RetrainRun::getAtMs).reversed());
    return new Page(version, new ArrayList<>(steps), new ArrayList<>(audit), newest);
  }

  /** Rises with each change. */
  public synchronized long version() {
    return version;
  }

  /** Waits until something has changed since a version, but no longer than so many milliseconds. */
  public synchronized void awaitChange(long since, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    long end = WallClock.nanos() + left;
    while (version == since && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - WallClock.nanos();
    }
  }
}
