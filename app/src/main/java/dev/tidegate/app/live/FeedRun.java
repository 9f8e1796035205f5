package dev.tidegate.app.live;

import dev.tidegate.app.config.CardTokenKey;
import dev.tidegate.app.config.IngestSettings;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.publish.Backlog;
import dev.tidegate.ingest.publish.FeedProgress;
import dev.tidegate.ingest.publish.FeedSettings;
import dev.tidegate.ingest.publish.KafkaDoor;
import dev.tidegate.lab.platform.DataDirectory;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.loop.ScoringMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/** A feed that runs in a thread of its own, from the door to the topics. Thread safe. */
final class FeedRun implements AutoCloseable {
  private final CsvDoor door;
  private final KafkaDoor kafka;
  private final AtomicBoolean held;
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private FeedRun(CsvDoor door, KafkaDoor kafka, AtomicBoolean held) {
    this.door = door;
    this.kafka = kafka;
    this.held = held;
    this.thread = new Thread(this::run, "feed");
  }

  /**
   * Who the feed does not run away from.
   *
   * @param scorer what the scorer whose decisions it waits for has done
   * @param laneLag vectors that the AML lane's scorer has not scored: they are bounded in bytes,
   *     and what is cut before it is read is scored by nobody
   */
  record Behind(Supplier<ScoringMetrics> scorer, LongSupplier laneLag) {
    /** Payments that were sent and are not yet decided, or more of the lane's vectors. */
    long undecided(long sent) {
      ScoringMetrics metrics = scorer.get();
      long payments = sent - metrics.decided() - metrics.duplicates() - metrics.undecodable();
      return Math.max(payments, laneLag.getAsLong());
    }
  }

  /** Starts the feed where an earlier run on the data directory stopped. */
  static FeedRun start(
      LiveRequest request, Servers servers, DataDirectory directory, Behind behind) {
    Feed feed = request.feed();
    try {
      IngestSettings ingest = request.settings().ingest();
      TokenKey key = CardTokenKey.resolve(System.getenv(), request.tokenKey());
      CsvDoor door =
          feed.open(
              DoorSettings.of(key, WallClock.INSTANCE)
                  .withLabelDelay(feed.labelDelay(ingest.labelDelay()))
                  .withRememberedIds(ingest.rememberedIds()));
      FeedSettings settings =
          FeedSettings.live(directory.ingest())
              .withRate(request.run().rate())
              .withBacklogLimit(ingest.maxInFlight());
      AtomicBoolean held = new AtomicBoolean();
      Backlog backlog = sent -> held.get() ? Long.MAX_VALUE : behind.undecided(sent);
      KafkaDoor kafka =
          KafkaDoor.connect(door, target(servers), feed.fingerprint(key), settings, backlog);
      FeedRun run = new FeedRun(door, kafka, held);
      run.thread.start();
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException("the feed cannot be opened: " + e.getMessage(), e);
    }
  }

  private static KafkaDoor.Target target(Servers servers) {
    return new KafkaDoor.Target(
        ClientAccess.with(
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers.bootstrapServers())),
        servers.registry());
  }

  private void run() {
    try {
      kafka.run();
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Sends no payments while true; those already sent go their way. */
  void hold(boolean hold) {
    held.set(hold);
  }

  /** Payments published by this run. */
  long sent() {
    return kafka.progress().published();
  }

  /** Rows rejected by this run. */
  long rejected() {
    return kafka.progress().rejected();
  }

  /** Shows the feed's metrics in a registry from now on. */
  void bindTo(MeterRegistry registry) {
    kafka.bindTo(registry);
  }

  /** Counts of this run. */
  FeedProgress progress() {
    return kafka.progress();
  }

  /** True if the source was read to its end. */
  boolean ended() {
    return kafka.progress().complete();
  }

  /** What stopped the feed; null while all is well. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Stops the feed; what it published is acknowledged and its position written. */
  @Override
  public void close() {
    kafka.stop();
    try {
      thread.join(5_000);
      kafka.close();
      door.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
