package dev.tidegate.benchmarks.sizing;

import dev.tidegate.app.sizing.Sizing;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.ingest.publish.FeedSettings;
import dev.tidegate.ingest.publish.KafkaDoor;
import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulatorCsv;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.time.WallClock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The stages as processes over one broker, fed at a steady rate by the simulated bank. Broker,
 * registry, database and the door are in this process and in its children, so what they take is no
 * stage's.
 */
public final class SizingBench {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration DRAIN = Duration.ofSeconds(30);
  private static final double NANOS = 1e9;

  private final Settings settings;
  private final Terminal terminal;
  private final Path folder;

  /**
   * What to run.
   *
   * @param tps payments a second
   * @param warmSeconds before the figures begin
   * @param seconds span of the figures
   * @param customers of the simulated bank
   * @param seed of the bank
   * @param stages words of the stages to run; features and scoring among them
   */
  public record Settings(
      double tps, int warmSeconds, int seconds, int customers, long seed, List<String> stages) {
    /** Copies. */
    public Settings {
      stages = List.copyOf(stages);
    }

    private long payments() {
      return (long) (tps * (warmSeconds + seconds));
    }
  }

  /** One run with its files in an empty folder. */
  public SizingBench(Settings settings, Path folder, Terminal terminal) {
    this.settings = settings;
    this.folder = folder;
    this.terminal = terminal;
  }

  /** Runs. */
  public SizingFigures run() {
    try {
      Path file = bank();
      PlatformOptions options = PlatformOptions.at(folder.resolve("servers")).withFlink(null);
      try (EmbeddedPlatform servers = EmbeddedPlatform.start(options, terminal::say)) {
        return over(servers, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Payments as a file, so that making them costs nothing while the figures are taken. */
  private Path bank() throws IOException {
    Path file = folder.resolve("payments.csv");
    Iterator<SimulatedTransaction> payments =
        new BankSimulator(SimulatorSettings.of(settings.seed(), settings.customers()))
            .transactions();
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      lines.write(SimulatorCsv.HEADER + "\n");
      for (long made = 0; made < settings.payments(); made++) {
        lines.write(SimulatorCsv.row(payments.next()) + "\n");
      }
    }
    return file;
  }

  private SizingFigures over(EmbeddedPlatform servers, Path file) throws IOException {
    List<StageProcess> stages = new ArrayList<>();
    try {
      for (String stage : settings.stages()) {
        stages.add(StageProcess.start(stage, folder, settingsOf(servers)));
      }
      if (!Stopwatch.await(START, () -> stages.stream().allMatch(StageProcess::ready))) {
        throw new IllegalStateException("the stages were not ready within " + START);
      }
      return measure(servers, stages, file);
    } finally {
      stages.forEach(StageProcess::close);
    }
  }

  private static String settingsOf(EmbeddedPlatform servers) {
    return """
    servers:
      kafka: KAFKA
      registry: REGISTRY
      database: DATABASE
      database-user: postgres
    """
        .replace("KAFKA", servers.bootstrapServers())
        .replace("REGISTRY", servers.registryUrl())
        .replace("DATABASE", servers.database().jdbcUrl());
  }

  private SizingFigures measure(EmbeddedPlatform servers, List<StageProcess> stages, Path file) {
    terminal.say("warming up for " + settings.warmSeconds() + " s");
    CompletableFuture<Long> feed = CompletableFuture.supplyAsync(() -> feed(servers, file));
    try (RecordCount decided = new RecordCount(servers.bootstrapServers(), Topics.DECISIONS)) {
      pause(settings.warmSeconds(), feed);
      terminal.say("measuring for " + settings.seconds() + " s");
      long before = decided.count();
      long from = WallClock.nanos();
      double[] cpu = stages.stream().mapToDouble(StageProcess::cpuSeconds).toArray();
      // Ends before the feed does.
      pause(settings.seconds() - 2, feed);
      List<SizingFigures.Stage> costs = new ArrayList<>();
      for (int i = 0; i < cpu.length; i++) {
        StageProcess stage = stages.get(i);
        costs.add(
            new SizingFigures.Stage(
                stage.stage(), stage.cpuSeconds() - cpu[i], formula(stage.stage())));
      }
      double seconds = (WallClock.nanos() - from) / NANOS;
      long payments = decided.count() - before;
      long sent = feed.join();
      long waiting = Math.max(0, sent - decided.count());
      if (!Stopwatch.await(DRAIN, () -> decided.count() >= sent)) {
        terminal.say("not all payments were decided within " + DRAIN.toSeconds() + " s more");
      }
      return new SizingFigures(settings.tps(), seconds, payments, waiting, costs);
    }
  }

  private static double formula(String stage) {
    return switch (stage) {
      case "features" -> Sizing.featuresMicros();
      case "scoring" -> Sizing.scoringMicros();
      default -> 0;
    };
  }

  private static void pause(int seconds, CompletableFuture<Long> feed) {
    Stopwatch.await(Duration.ofSeconds(seconds), feed::isDone);
  }

  private long feed(EmbeddedPlatform servers, Path file) {
    TokenKey key = TokenKey.of("of-a-measurement-alone".getBytes(StandardCharsets.UTF_8));
    KafkaDoor.Target target =
        new KafkaDoor.Target(
            Map.of("bootstrap.servers", servers.bootstrapServers()),
            new ConfluentRegistry(servers.registryUrl()));
    Path home = Path.of(System.getProperty("tidegate.home", "."));
    try (CsvDoor door =
            CsvDoor.open(
                file,
                Profiles.under(home).find("simulator"),
                DoorSettings.of(key, WallClock.INSTANCE));
        KafkaDoor kafka =
            KafkaDoor.connect(
                door,
                target,
                "sizing",
                FeedSettings.replay().withRate(settings.tps()),
                sent -> 0)) {
      return kafka.run().published();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
