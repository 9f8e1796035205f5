package dev.tidegate.console.drift;

import dev.tidegate.console.control.ControlLog;
import dev.tidegate.schemas.event.DriftMeasurement;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@value #MOST_READINGS} readings of each monitor, of at most {@value #MOST_MONITORS}
 * monitors; where there are more, those whose newest reading came first are dropped. A reading that
 * comes twice counts once. At most some 15 MB. Thread safe.
 */
public final class DriftBook {
  /** Most readings kept of one monitor. */
  public static final int MOST_READINGS = 500;

  /** Most monitors kept. */
  public static final int MOST_MONITORS = 400;

  private final Map<Key, Kept> monitors = new HashMap<>();
  private long version;

  private record Key(String monitor, String subject) {}

  private static final class Kept {
    private final Deque<Reading> readings = new ArrayDeque<>();
    private long alarms;
    private long version;
  }

  /** A book without readings. */
  public DriftBook() {}

  /**
   * A monitor and its subject.
   *
   * @param monitor kind of monitor, for example score-psi
   * @param subject what is measured
   * @param version rises with each change of any monitor; of the last change of this one
   * @param alarms readings so far that called it drift, also those no longer kept
   * @param readings by the end of their windows
   */
  public record Monitor(
      String monitor, String subject, long version, long alarms, List<Reading> readings) {
    /** Takes a copy. */
    public Monitor {
      readings = List.copyOf(readings);
    }

    /** The last reading. */
    public Reading newest() {
      return readings.get(readings.size() - 1);
    }
  }

  /**
   * A reading.
   *
   * @param release whose reference it is compared with
   * @param startMs first event time of its window
   * @param endMs last event time of its window
   * @param samples observations in it
   * @param statistic value of the statistic
   * @param threshold value from which it is drift
   * @param drifted whether the monitor calls it drift
   * @param filling how far the monitor is from comparing at all, in [0, 1); null once it does
   */
  public record Reading(
      String release,
      long startMs,
      long endMs,
      long samples,
      double statistic,
      double threshold,
      boolean drifted,
      @Nullable Double filling) {
    /** What a monitor says of itself by it. */
    public String state() {
      if (filling != null) {
        return String.format(Locale.ROOT, "filling, %.0f %%", Math.floor(100 * filling));
      }
      return drifted ? "drift" : "steady";
    }

    private boolean sameWindow(Reading other) {
      return startMs == other.startMs && endMs == other.endMs && release.equals(other.release);
    }
  }

  /** Takes [drift]. */
  public ControlLog<DriftMeasurement> log() {
    return new ControlLog<>(this::add, this::clear);
  }

  private synchronized void clear() {
    monitors.clear();
    version++;
  }

  private synchronized void add(DriftMeasurement event) {
    Kept kept =
        monitors.computeIfAbsent(
            new Key(event.getMonitor(), event.getSubject()), key -> new Kept());
    Reading reading = of(event, kept);
    if (kept.readings.stream().anyMatch(reading::sameWindow)) {
      return;
    }
    kept.readings.addLast(reading);
    kept.alarms += reading.drifted() ? 1 : 0;
    kept.version = ++version;
    if (kept.readings.size() > MOST_READINGS) {
      kept.readings.removeFirst();
    }
    if (monitors.size() > MOST_MONITORS) {
      monitors.values().stream()
          .min(Comparator.comparingLong(one -> one.version))
          .ifPresent(oldest -> monitors.values().remove(oldest));
    }
  }

  private static Reading of(DriftMeasurement event, Kept kept) {
    Reading before = kept.readings.peekLast();
    boolean same = before != null && before.release.equals(event.getRelease());
    return new Reading(
        same ? before.release : event.getRelease(),
        event.getWindowStartMs(),
        event.getWindowEndMs(),
        event.getSamples(),
        event.getStatistic(),
        event.getThreshold(),
        event.getDrifted(),
        event.getFilling());
  }

  /** Rises with each change. */
  public synchronized long version() {
    return version;
  }

  /** All monitors: those that tell alarms alone last; among each those in alarm first; by name. */
  public synchronized List<Monitor> monitors() {
    return monitors.entrySet().stream()
        .map(entry -> monitor(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing((Monitor one) -> MonitorWords.of(one.monitor()).alarmsAlone())
                .thenComparing(one -> !one.newest().drifted())
                .thenComparing(Monitor::monitor)
                .thenComparing(Monitor::subject))
        .toList();
  }

  private static Monitor monitor(Key key, Kept kept) {
    return new Monitor(
        key.monitor,
        key.subject,
        kept.version,
        kept.alarms,
        kept.readings.stream().sorted(Comparator.comparingLong(Reading::endMs)).toList());
  }
}
