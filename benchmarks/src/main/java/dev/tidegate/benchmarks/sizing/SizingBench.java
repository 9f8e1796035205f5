package dev.tidegate.benchmarks.sizing;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The stages as processes over one broker, fed by the simulated bank at one steady rate after the
 * other, and at last stopped and let go on. Broker, registry, database and the door are in this
 * process and in its children, so what they take is no stage's.
 */
public final class SizingBench {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration DRAIN = Duration.ofMinutes(2);

  /** While others are stopped: with what the feed takes, under {@link CatchUp#LOST_SECONDS}. */
  private static final Duration SHORT_DRAIN =
      Duration.ofSeconds(CatchUp.LOST_SECONDS - CatchUp.STOPPED_SECONDS - 5);

  private static final double NANOS = 1e9;
  private static final int SETTLE_SECONDS = 5;

  /** What others read from; full processes of these were measured elsewhere. */
  private static final List<String> FED_BY = List.of("features", "scoring");

  /** The figures end before the feed does. */
  private static final int MARGIN_SECONDS = 2;

  private final Settings settings;
  private final Terminal terminal;
  private final Path folder;

  /**
   * What to run.
   *
   * @param rates payments a second, one after the other; three or more, the last one to check by
   * @param warmSeconds at the highest rate, before the first
   * @param seconds span of the figures at each rate
   * @param customers of the simulated bank
   * @param seed of the bank
   * @param stages words of the stages to run; features and scoring among them
   */
  public record Settings(
      List<Double> rates,
      int warmSeconds,
      int seconds,
      int customers,
      long seed,
      List<String> stages) {
    /** Copies. */
    public Settings {
      rates = List.copyOf(rates);
      stages = List.copyOf(stages);
      if (rates.size() < 3) {
        throw new IllegalArgumentException("two rates give a line, and a third checks it");
      }
    }

    private double highest() {
      return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
  }

  /** Payments at a rate: what settles, and what is measured. */
  private record Span(String name, double rate, int settle, int seconds) {
    long payments() {
      return (long) (rate * (settle + seconds + MARGIN_SECONDS));
    }
  }

  /** One run with its files in an empty folder. */
  public SizingBench(Settings settings, Path folder, Terminal terminal) {
    this.settings = settings;
    this.folder = folder;
    this.terminal = terminal;
  }

  /**
   * Runs.
   *
   * @throws IllegalStateException if payments of a rate are not decided soon after its end
   */
  public SizingFigures run() {
    try {
      List<Span> spans = spans();
      bank(spans);
      PlatformOptions options = PlatformOptions.at(folder.resolve("servers")).withFlink(null);
      try (EmbeddedPlatform servers = EmbeddedPlatform.start(options, terminal::say)) {
        return over(servers, spans);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Warming up, then each rate. */
  private List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span("warm-up", settings.highest(), 0, settings.warmSeconds()));
    for (double rate : settings.rates()) {
      spans.add(new Span("rate-" + spans.size(), rate, SETTLE_SECONDS, settings.seconds()));
    }
    return spans;
  }

  /**
   * Payments as files, so that making them costs nothing while the figures are taken; time goes on
   * from one to the next.
   */
  private void bank(List<Span> spans) throws IOException {
    Iterator<SimulatedTransaction> payments =
        new BankSimulator(SimulatorSettings.of(settings.seed(), settings.customers()))
            .transactions();
    List<Span> all = new ArrayList<>(spans);
    all.add(backlog());
    for (Span span : all) {
      try (BufferedWriter lines = Files.newBufferedWriter(file(span))) {
        lines.write(SimulatorCsv.HEADER + "\n");
        for (long made = 0; made < span.payments(); made++) {
          lines.write(SimulatorCsv.row(payments.next()) + "\n");
        }
      }
    }
  }

  private Path file(Span span) {
    return folder.resolve(span.name() + ".csv");
  }

  private SizingFigures over(EmbeddedPlatform servers, List<Span> spans) throws IOException {
    List<StageProcess> stages = new ArrayList<>();
    try {
      for (String stage : settings.stages()) {
        stages.add(StageProcess.start(stage, folder, settingsOf(servers)));
      }
      if (!Stopwatch.await(START, () -> stages.stream().allMatch(StageProcess::ready))) {
        throw new IllegalStateException("the stages were not ready within " + START);
      }
      List<SizingFigures.Step> steps = new ArrayList<>();
      Map<String, Double> caughtUp;
      Map<String, Double> bytes = new TreeMap<>();
      try (RecordCount decided = new RecordCount(servers.bootstrapServers(), Topics.DECISIONS)) {
        for (Span span : spans) {
          steps.add(measure(servers, stages, span, decided));
        }
        List<StageProcess> others =
            stages.stream().filter(stage -> !FED_BY.contains(stage.stage())).toList();
        caughtUp = new CatchUp(others, terminal).measure(() -> feedAll(servers, decided));
        double payments = Math.max(1, decided.count());
        TopicBytes.of(servers.bootstrapServers())
            .forEach((topic, size) -> bytes.put(topic, size / payments));
      }
      return new SizingFigures(steps.subList(1, steps.size()), caughtUp, bytes);
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

  private SizingFigures.Step measure(
      EmbeddedPlatform servers, List<StageProcess> stages, Span span, RecordCount decided) {
    terminal.say(span.name() + ": " + span.rate() + " payments/s for " + span.seconds() + " s");
    long stood = decided.count();
    CompletableFuture<Long> feed = CompletableFuture.supplyAsync(() -> feed(servers, span));
    pause(span.settle(), feed);
    long before = decided.count();
    long from = WallClock.nanos();
    Map<String, Double> cpu = new LinkedHashMap<>();
    stages.forEach(stage -> cpu.put(stage.stage(), stage.cpuSeconds()));
    pause(span.seconds(), feed);
    stages.forEach(stage -> cpu.merge(stage.stage(), -stage.cpuSeconds(), (a, b) -> -(a + b)));
    double seconds = (WallClock.nanos() - from) / NANOS;
    long payments = decided.count() - before;
    long sent = feed.join();
    long waiting = Math.max(0, stood + sent - decided.count());
    Drain.await(span.name() + " at " + span.rate() + "/s", decided::count, stood + sent, DRAIN);
    return new SizingFigures.Step(span.rate(), seconds, payments, waiting, cpu);
  }

  /** Until all that is sent is decided. */
  private long feedAll(EmbeddedPlatform servers, RecordCount decided) {
    long stood = decided.count();
    long sent = feed(servers, backlog());
    Drain.await("backlog", decided::count, stood + sent, SHORT_DRAIN);
    return decided.count() - stood;
  }

  private Span backlog() {
    return new Span("backlog", settings.highest(), 0, CatchUp.STOPPED_SECONDS);
  }

  private static void pause(int seconds, CompletableFuture<Long> feed) {
    Stopwatch.await(Duration.ofSeconds(seconds), feed::isDone);
  }

  private long feed(EmbeddedPlatform servers, Span span) {
    TokenKey key = TokenKey.of("of-a-measurement-alone".getBytes(StandardCharsets.UTF_8));
    KafkaDoor.Target target =
        new KafkaDoor.Target(
            Map.of("bootstrap.servers", servers.bootstrapServers()),
            new ConfluentRegistry(servers.registryUrl()));
    Path home = Path.of(System.getProperty("tidegate.home", "."));
    try (CsvDoor door =
            CsvDoor.open(
                file(span),
                Profiles.under(home).find("simulator"),
                DoorSettings.of(key, WallClock.INSTANCE));
        KafkaDoor kafka =
            KafkaDoor.connect(
                door,
                target,
                span.name(),
                FeedSettings.replay().withRate(span.rate()),
                sent -> 0)) {
      return kafka.run().published();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
