package dev.tidegate.ingest.publish;

import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorResult.Duplicate;
import dev.tidegate.ingest.door.DoorResult.Refused;
import dev.tidegate.ingest.door.DoorResult.Skipped;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a door's results into the topics. One thread runs it; {@link #stop} and {@link #progress}
 * may be called from others.
 *
 * <p>With a positions folder a feed resumes after any stop, {@code kill -9} included: the position
 * file holds the number of rows that are acknowledged, and offsets from which everything later
 * stands in the topics. A new run reads the source again from its start, which rebuilds the set of
 * known ids, publishes nothing up to the position, and after it leaves out what the topics already
 * hold. So each row is published exactly once, provided that the source gives the same rows again
 * and the killed process has no request left on its way to the broker.
 */
public final class KafkaDoor implements AutoCloseable {
  private static final long SHORTEST_PARK = 100_000L;
  private static final int CHECK_EVERY = 32;

  // configuration
  private final CsvDoor door;
  private final TransactionPublisher publisher;
  private final FeedLog log;
  private final String fingerprint;
  private final FeedSettings settings;
  private final Backlog backlog;

  // runtime
  private final Pace pace;
  private final Counters counters = new Counters();
  private final FeedMeter meter = new FeedMeter();
  private Published published = new Published();
  private Map<String, Map<Integer, Long>> offsets = Map.of();
  private long newestMs = Long.MIN_VALUE;
  private long beatenMs = Long.MIN_VALUE;
  private long lastBeat;
  private long lastPosition;
  private volatile boolean stopped;
  private volatile FeedProgress progress = FeedProgress.NONE;

  /** Counts of this run; the feed's thread alone. */
  private static final class Counters {
    private long results;
    private long line;
    private long resumedAt;
    private long published;
    private long sent;
    private long labels;
    private long rejected;
    private long duplicates;
    private long skipped;
  }

  KafkaDoor(
      CsvDoor door,
      TransactionPublisher publisher,
      FeedLog log,
      String fingerprint,
      FeedSettings settings,
      Backlog backlog) {
    this.door = door;
    this.publisher = publisher;
    this.log = log;
    this.fingerprint = fingerprint;
    this.settings = settings;
    this.backlog = backlog;
    this.pace = new Pace(settings.ratePerSecond(), WallClock::nanos);
  }

  /** Where a feed goes: a broker and its registry. */
  public record Target(Map<String, Object> connection, SchemaRegistry registry) {}

  /**
   * A feed that is ready to run; closing it closes the connection, not the door.
   *
   * @param fingerprint the source's, of {@link SourceFingerprint}
   */
  public static KafkaDoor connect(
      CsvDoor door, Target target, String fingerprint, FeedSettings settings, Backlog backlog) {
    TransactionPublisher publisher =
        new TransactionPublisher(target.connection(), target.registry());
    FeedLog log = new KafkaFeedLog(target.connection(), target.registry());
    return new KafkaDoor(door, publisher, log, fingerprint, settings, backlog);
  }

  /** Shows the feed's metrics in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    FeedMeter.bind(this, meter, registry);
  }

  /** Asks the feed to stop; what is published is then acknowledged and its position written. */
  public void stop() {
    stopped = true;
  }

  /** How far the feed is; at most about 50 ms old while it moves. */
  public FeedProgress progress() {
    return progress;
  }

  /**
   * Publishes the door's results until its end, or {@link #stop}. Call it once.
   *
   * @return the final counts
   * @throws FeedException if a record or the position cannot be written, or the source is shorter
   *     than it was
   * @throws IOException if the position cannot be read
   */
  public FeedProgress run() throws IOException {
    boolean wasComplete = resume();
    if (stopped) {
      return snapshot(false);
    }
    lastPosition = WallClock.nanos();
    lastBeat = lastPosition;
    DoorResult pending = wasComplete ? null : door.next();
    boolean ended = false;
    while (!stopped) {
      if (pending == null) {
        ended = true;
        break;
      }
      note(pending);
      if (!awaitTurn()) {
        break;
      }
      emit(pending);
      if (!pace.unlimited() || counters.results % CHECK_EVERY == 0) {
        keepUp(WallClock.nanos());
      }
      pending = door.next();
    }
    return finish(ended);
  }

  /** Finds the position, reads up to it, and finds out what was published after it. */
  private boolean resume() throws IOException {
    Path folder = settings.positions();
    if (folder == null) {
      return false;
    }
    FeedPosition position = FeedPosition.read(FeedPosition.file(folder, fingerprint), fingerprint);
    if (position == null) {
      offsets = log.ends();
      writePosition(false);
      return false;
    }
    offsets = position.offsets();
    while (counters.results < position.results() && !stopped) {
      DoorResult known = door.next();
      if (known == null) {
        throw new FeedException(
            "the source ends after "
                + counters.results
                + " rows, but "
                + position.results()
                + " were fed before");
      }
      note(known);
      counters.results++;
      counters.line = known.line();
    }
    counters.resumedAt = counters.results;
    if (!position.complete()) {
      published = log.readBack(door.profile().name(), offsets);
    }
    return position.complete();
  }

  private void note(DoorResult result) {
    if (result instanceof Accepted accepted) {
      newestMs = Math.max(newestMs, accepted.transaction().getEventTimeMs());
    }
  }

  /** Waits for the rate and the backlog, with heartbeats meanwhile; false if stopped. */
  private boolean awaitTurn() {
    if (!pace.unlimited()) {
      long wait = pace.untilDue();
      while (wait > 0) {
        if (stopped) {
          return false;
        }
        park(wait);
        wait = pace.untilDue();
      }
      pace.take();
    }
    while (behind()) {
      if (stopped) {
        return false;
      }
      park(1_000_000L);
    }
    return true;
  }

  private boolean behind() {
    return settings.backlogLimit() > 0
        && counters.results % CHECK_EVERY == 0
        && backlog.undecided(counters.sent) > settings.backlogLimit();
  }

  private void park(long nanos) {
    keepUp(WallClock.nanos());
    long longest = settings.heartbeatEvery().toNanos();
    LockSupport.parkNanos(Math.max(SHORTEST_PARK, Math.min(nanos, longest)));
  }

  private void emit(DoorResult result) {
    counters.results++;
    counters.line = result.line();
    if (result instanceof Accepted accepted) {
      emit(accepted.transaction(), accepted.label());
    } else if (result instanceof Refused refused) {
      counters.rejected++;
      meter.rejected(refused.rejected().getReason());
      if (!published.takeRejected(TransactionPublisher.key(refused.rejected()))) {
        publisher.publish(refused.rejected());
      }
    } else if (result instanceof Duplicate) {
      counters.duplicates++;
    } else if (result instanceof Skipped) {
      counters.skipped++;
    }
  }

  private void emit(Transaction transaction, @Nullable Label label) {
    counters.published++;
    if (!published.takeTransaction(transaction.getTransactionId())) {
      publisher.publish(transaction);
      counters.sent++;
    }
    if (label != null) {
      counters.labels++;
      if (!published.takeLabel(label.getTransactionId())) {
        publisher.publish(label);
      }
    }
  }

  /** Sends a heartbeat and writes the position, if they are due. */
  private void keepUp(long now) {
    if (now - lastBeat >= settings.heartbeatEvery().toNanos()) {
      lastBeat = now;
      beat();
      progress = snapshot(false);
    }
    if (settings.positions() != null && now - lastPosition >= settings.positionEvery().toNanos()) {
      lastPosition = now;
      writePosition(false);
    }
  }

  /**
   * Says how far event time is. The row that waits for its turn counts already: nothing earlier
   * follows it, in a file that is in order.
   */
  private void beat() {
    if (newestMs == Long.MIN_VALUE) {
      return;
    }
    long time = newestMs - door.profile().format().disorder().toMillis();
    if (time > beatenMs) {
      beatenMs = time;
      publisher.heartbeat(time);
    }
  }

  private void writePosition(boolean complete) {
    Path folder = settings.positions();
    if (folder == null) {
      return;
    }
    Map<String, Map<Integer, Long>> merged = FeedPosition.copy(offsets);
    publisher
        .flush()
        .forEach(
            (topic, ends) -> merged.computeIfAbsent(topic, name -> new TreeMap<>()).putAll(ends));
    FeedPosition position =
        new FeedPosition(fingerprint, counters.results, counters.line, complete, merged);
    try {
      position.write(FeedPosition.file(folder, fingerprint));
    } catch (IOException e) {
      throw new FeedException("cannot write the position of the feed in " + folder, e);
    }
  }

  private FeedProgress finish(boolean ended) {
    if (ended) {
      if (settings.bounded()) {
        publisher.heartbeat(Long.MAX_VALUE / 2);
      } else if (newestMs != Long.MIN_VALUE) {
        publisher.heartbeat(newestMs + 1);
      }
    }
    publisher.flush();
    writePosition(ended);
    progress = snapshot(ended);
    return progress;
  }

  private FeedProgress snapshot(boolean complete) {
    return new FeedProgress(
        counters.results,
        counters.line,
        counters.resumedAt,
        counters.published,
        counters.labels,
        counters.rejected,
        counters.duplicates,
        counters.skipped,
        newestMs,
        complete);
  }

  @Override
  public void close() {
    publisher.close();
  }
}
