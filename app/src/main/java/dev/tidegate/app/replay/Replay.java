package dev.tidegate.app.replay;

import dev.tidegate.app.config.CardTokenKey;
import dev.tidegate.app.config.ShownSettings;
import dev.tidegate.app.live.FlinkSizes;
import dev.tidegate.app.offline.WorkFolder;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.stage.StageNews;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.app.stage.Stages;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.app.topics.TopicsReader;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.publish.Backlog;
import dev.tidegate.ingest.publish.FeedProgress;
import dev.tidegate.ingest.publish.FeedSettings;
import dev.tidegate.ingest.publish.KafkaDoor;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.loop.ScoringMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.slf4j.LoggerFactory;

/**
 * One bounded run: embedded servers in a work folder, the fraud lane over them, the file through
 * the door, and a reader outside that keeps the books.
 */
public final class Replay {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(1);
  private static final long TICK_MS = 100;

  // configuration
  private final ReplayRequest request;
  private final Terminal terminal;

  // runtime
  private final Ledger ledger = new Ledger();

  private Replay(ReplayRequest request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /**
   * Runs a file through the stages and writes the results.
   *
   * @return what became of the rows, also when some are unaccounted for
   */
  public static Summary run(ReplayRequest request, Terminal terminal) throws Exception {
    ChosenRelease release = Releases.load(request.model(), request.settings().scoring().device());
    LoggerFactory.getLogger(Replay.class)
        .info("settings {}", ShownSettings.of(request.settings().texts(), System.getenv()));
    try (WorkFolder work = WorkFolder.inside(request.out())) {
      return new Replay(request, terminal).run(release, work);
    }
  }

  private Summary run(ChosenRelease release, WorkFolder work) throws Exception {
    TokenKey key = CardTokenKey.resolve(System.getenv(), work.path("token.key"));
    try (CsvDoor door =
            CsvDoor.open(
                request.file(), request.profile(), DoorSettings.of(key, WallClock.INSTANCE));
        EmbeddedPlatform platform = platform(work)) {
      Servers servers =
          new Servers(platform.bootstrapServers(), platform.registryUrl(), platform.flink());
      StageSettings settings =
          new StageSettings(request.settings(), servers, request.profile().format().disorder());
      try (TopicsReader reader =
              TopicsReader.fromBeginning(servers.bootstrapServers(), takers(servers));
          Stages stages = Stages.fraudLane(servers, settings, release)) {
        long begunNanos = WallClock.nanos();
        FeedProgress fed = feed(door, servers, stages, reader);
        long tookNanos = WallClock.nanos() - begunNanos;
        reader.readToEnd();
        requireRead(reader);
        return conclude(fed, stages.scorer().metrics(), tookNanos);
      }
    }
  }

  private TopicsReader.Takers takers(Servers servers) {
    return new TopicsReader.Takers(servers.registry())
        .on(Topics.TRANSACTIONS, Transaction.class, ledger::accepted)
        .on(Topics.TRANSACTIONS_REJECTED, Rejected.class, ledger::rejected)
        .on(Topics.DECISIONS, Decision.class, ledger::decided)
        .on(Topics.ALERTS, Alert.class, ledger::alerted);
  }

  private EmbeddedPlatform platform(WorkFolder work) {
    terminal.begin("starting broker, registry, Flink", 0);
    PlatformOptions options =
        PlatformOptions.at(work.path("servers"))
            .withRegistry(PlatformOptions.Registry.IN_MEMORY)
            .withDatabase(false)
            .withFlink(FlinkSizes.of(request.settings(), CHECKPOINT_INTERVAL));
    EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {});
    terminal.end();
    return platform;
  }

  /** Feeds the file and waits until each payment is decided, or nothing moves any more. */
  private FeedProgress feed(CsvDoor door, Servers servers, Stages stages, TopicsReader reader)
      throws Exception {
    Backlog backlog = published -> published - ledger.decided();
    FeedSettings settings =
        FeedSettings.replay()
            .withRate(request.rate())
            .withBacklogLimit(request.settings().ingest().maxInFlight());
    KafkaDoor.Target target =
        new KafkaDoor.Target(
            ClientAccess.with(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers.bootstrapServers())),
            servers.registry());
    try (KafkaDoor kafka = KafkaDoor.connect(door, target, "replay", settings, backlog)) {
      terminal.begin("deciding " + request.file().getFileName(), 0);
      CompletableFuture<FeedProgress> feed =
          CompletableFuture.supplyAsync(() -> run(kafka), task -> new Thread(task, "feed").start());
      follow(feed, kafka, stages, reader);
      terminal.at(ledger.decided());
      terminal.end();
      return kafka.progress();
    }
  }

  private static FeedProgress run(KafkaDoor kafka) {
    try {
      return kafka.run();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void follow(
      CompletableFuture<FeedProgress> feed, KafkaDoor kafka, Stages stages, TopicsReader reader)
      throws Exception {
    StageListener news = new StageNews(terminal);
    long movedNanos = WallClock.nanos();
    long seen = -1;
    while (!(feed.isDone() && ledger.decided() >= kafka.progress().published())) {
      stages.keepRunning(news);
      awaitTick(feed);
      requireRead(reader);
      terminal.at(ledger.decided());
      long moved = ledger.decided() + kafka.progress().results();
      boolean nothingDue = ledger.decided() >= kafka.progress().published() && !feed.isDone();
      if (moved != seen || nothingDue) {
        seen = moved;
        movedNanos = WallClock.nanos();
      } else if (WallClock.nanos() - movedNanos > LONGEST_STANDSTILL.toNanos()) {
        terminal.say("nothing has moved for " + Figures.span(LONGEST_STANDSTILL) + ": giving up");
        kafka.stop();
        return;
      }
    }
    feed.get();
  }

  private static void requireRead(TopicsReader reader) {
    RuntimeException broken = reader.failure();
    if (broken != null) {
      throw broken;
    }
  }

  /** Waits one tick; a failure of the feed comes out here. */
  private static void awaitTick(CompletableFuture<FeedProgress> feed) throws Exception {
    try {
      if (feed.isDone()) {
        feed.get();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MS));
      } else {
        feed.get(TICK_MS, TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      // the feed goes on
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Summary conclude(FeedProgress fed, ScoringMetrics metrics, long tookNanos)
      throws IOException {
    terminal.begin("writing results", 0);
    ResultFiles.write(request.out(), ledger);
    Summary summary =
        new Summary(
            String.valueOf(request.file().getFileName()),
            request.profile().name(),
            ledger.release(),
            fed.results(),
            ledger.decided(),
            ledger.rejectedByReason(),
            fed.duplicates(),
            fed.skipped(),
            metrics.late(),
            ledger.alerts().size(),
            ledger.repeated(),
            fed.results() / Math.max(1e-9, tookNanos / 1e9),
            new Summary.LatencyMs(
                metrics.latencyMs().p50(), metrics.latencyMs().p99(), metrics.latencyMs().p999()));
    Files.writeString(request.out().resolve("summary.json"), summary.json() + "\n");
    terminal.end();
    tell(summary);
    return summary;
  }

  private void tell(Summary summary) {
    terminal.say(
        Figures.count(summary.rows())
            + " rows: "
            + Figures.count(summary.decisions())
            + " decided, "
            + Figures.count(summary.rejectedTotal())
            + " rejected, "
            + Figures.count(summary.duplicates())
            + " duplicates; "
            + Figures.count(summary.alerts())
            + " alerts; "
            + Figures.rate(summary.rowsPerSecond())
            + "; results in "
            + request.out());
    if (summary.unaccounted() != 0) {
      terminal.say("NOT ACCOUNTED FOR: " + Figures.count(summary.unaccounted()) + " rows");
    }
  }
}
