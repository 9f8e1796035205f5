package dev.tidegate.app.stage;

import dev.tidegate.app.config.CheckDials;
import dev.tidegate.app.offline.HistoryCheck;
import dev.tidegate.features.EntityCheck;
import dev.tidegate.features.FeaturesCheckMetric;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.schemas.metric.Metric;
import dev.tidegate.schemas.metric.StageMeters;
import dev.tidegate.schemas.time.WallClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of served features beside a running platform, or as a stage that runs alone: a turn
 * each interval, one at a time, in a thread of its own with the least priority. What goes wrong in
 * it is counted and logged, and reaches nothing else. Thread safe.
 */
public final class ServedCheck implements AutoCloseable {
  private static final long STOP_LIMIT_MS = 1_000;

  // configuration
  private final Turns turns;
  private final Pace pace;

  // runtime
  private final Map<Entity, EntityCheck.Found> found = new ConcurrentHashMap<>();
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean lastFailed;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "served-check");

  /** What is done in a turn; {@link HistoryCheck} in a platform. */
  interface Turns {
    /** Takes a turn, see {@link HistoryCheck#take}. */
    HistoryCheck.Outcome take(long number, HistoryCheck.Settling settling) throws Exception;

    /** Ends what is being done. */
    void cancel();
  }

  /**
   * When turns are taken.
   *
   * @param interval between two turns
   * @param settling how long the history takes to hold what stands in the topics
   * @param firstTurn number of the first turn
   */
  record Pace(Duration interval, Duration settling, long firstTurn) {
    /** Turns go on where those of an earlier start left off, about: they are numbered by time. */
    static Pace of(Duration interval, Duration roll, long nowMs) {
      Duration settling = roll.multipliedBy(2).plusSeconds(1);
      return new Pace(interval, settling, nowMs / interval.toMillis());
    }
  }

  private ServedCheck(Turns turns, Pace pace) {
    this.turns = turns;
    this.pace = pace;
  }

  /**
   * Starts checking a history.
   *
   * @param history folder of its files
   * @param catalogue under which it was served
   * @param roll how often files of the history are finished
   */
  public static ServedCheck start(
      Path history, Catalogue catalogue, CheckDials dials, Duration roll) {
    HistoryCheck check =
        new HistoryCheck(
            history, catalogue, new HistoryCheck.Bounds(dials.slices(), dials.maxPayments()));
    return start(turnsOf(check), Pace.of(dials.interval(), roll, WallClock.INSTANCE.millis()));
  }

  /** Starts checking. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it; it only asks to be last
  static ServedCheck start(Turns turns, Pace pace) {
    ServedCheck check = new ServedCheck(turns, pace);
    check.thread.setDaemon(true);
    check.thread.setPriority(Thread.MIN_PRIORITY);
    check.thread.start();
    return check;
  }

  /** The turns of a history. */
  private static Turns turnsOf(HistoryCheck check) {
    return new Turns() {
      @Override
      public HistoryCheck.Outcome take(long number, HistoryCheck.Settling settling)
          throws Exception {
        return check.take(number, settling);
      }

      @Override
      public void cancel() {
        check.cancel();
      }
    };
  }

  /** The local folder that a history's address names; null for one elsewhere. */
  public static @Nullable Path folderOf(String address) {
    if (!address.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return Path.of(address);
    }
    return address.startsWith("file:") ? Path.of(URI.create(address)) : null;
  }

  private void run() {
    try {
      for (long turn = pace.firstTurn; !stoppedWithin(pace.interval); turn++) {
        take(turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stoppedWithin(Duration time) throws InterruptedException {
    return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void take(long turn) throws InterruptedException {
    try {
      add(turns.take(turn, this::settle));
      lastFailed = false;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      if (stop.getCount() > 0) {
        failures.incrementAndGet();
        lastFailed = true;
        logger().warn("the check of served features could not be done", e);
      }
    }
  }

  private void settle() throws InterruptedException {
    if (stoppedWithin(pace.settling)) {
      throw new CancellationException("the platform stops");
    }
  }

  private void add(HistoryCheck.Outcome outcome) {
    EntityCheck.Found more = outcome.found();
    found.merge(outcome.entity(), more, EntityCheck.Found::plus);
    if (more.mismatches() > 0 || more.labelMismatches() > 0) {
      logger()
          .warn(
              "of {} served vectors, features of {} came out otherwise in {}, and only those that"
                  + " look at labels in {}",
              more.vectors(),
              outcome.entity().noun(),
              more.mismatches(),
              more.labelMismatches());
    }
  }

  /** Shows the counts in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    StageMeters<ServedCheck> meters = new StageMeters<>(registry, this);
    for (Entity entity : Entity.values()) {
      String tag = Metric.Tag.text(entity);
      meters.counter(FeaturesCheckMetric.VECTORS, c -> c.of(entity).vectors(), tag);
      meters.counter(FeaturesCheckMetric.MISMATCHES, c -> c.of(entity).mismatches(), tag);
      meters.counter(
          FeaturesCheckMetric.LABEL_MISMATCHES, c -> c.of(entity).labelMismatches(), tag);
    }
    meters.counter(FeaturesCheckMetric.FAILURES, ServedCheck::failures);
  }

  /** What was found of an entity's features since the start. */
  EntityCheck.Found of(Entity entity) {
    return found.getOrDefault(entity, EntityCheck.Found.NOTHING);
  }

  /** Turns that failed since the start. */
  long failures() {
    return failures.get();
  }

  /** True while turns can be taken: until the first is, and while the last one did not fail. */
  public boolean working() {
    return thread.isAlive() && !lastFailed;
  }

  /** Ends the turn that is being taken; waits for that at most a second. */
  @Override
  public void close() {
    stop.countDown();
    turns.cancel();
    try {
      thread.join(STOP_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(ServedCheck.class);
  }
}
