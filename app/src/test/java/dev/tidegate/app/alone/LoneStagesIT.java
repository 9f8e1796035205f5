package dev.tidegate.app.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.Home;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.retrain.RetrainDesk;
import dev.tidegate.app.run.BankFeed;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.lab.audit.Auditor;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.guarantee.AtLeastOnce;
import dev.tidegate.lab.guarantee.FirstDecisionWins;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.store.S3Store;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.store.S3Access;
import dev.tidegate.scoring.store.S3Address;
import dev.tidegate.scoring.store.S3Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stages as separate processes over one broker, and scorers killed in the middle. */
@Timeout(600)
final class LoneStagesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern HEALTH = Pattern.compile("health of .*: (http://\\S+)");
  private static final Pattern CHECKED =
      Pattern.compile("(?m)^features_check_(\\w+)_total(?:\\{[^}]*})? (\\S+)$");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void shouldDecideEachPaymentOnceWhereEachStageIsAProcess() throws Exception {
    PlatformOptions options = PlatformOptions.at(folder.resolve("servers")).withFlink(null);
    Files.createDirectories(folder.resolve("history")); // as a volume that is mounted
    try (S3Store store = S3Store.start("models", "key", "secret");
        EmbeddedPlatform servers = EmbeddedPlatform.start(options, line -> {});
        ChildCommand features = stage(servers, "features", 1);
        ChildCommand graph = stage(servers, "graph-aml", 1);
        ChildCommand history = stage(servers, "history", 1);
        ChildCommand check = stage(servers, "features-check", 1);
        ChildCommand monitors = stage(servers, "monitors", 1);
        ChildCommand launcher = stage(servers, "launcher", 1);
        ChildCommand trials = stage(servers, "trials", 1);
        ChildCommand console = stage(servers, "console", 1, stored(store));
        ChildCommand laundering = stage(servers, "scoring-aml", 1);
        ChildCommand first = stage(servers, "scoring", 1, stored(store))) {
      List<ChildCommand> others =
          List.of(features, graph, history, monitors, launcher, trials, console, laundering);
      others.forEach(LoneStagesIT::awaitReady);
      awaitReady(check);
      awaitReady(first);
      List<String> lines = BankFile.lines(17, 300, 2);
      int half = lines.size() / 2;
      CompletableFuture<Long> feed =
          CompletableFuture.supplyAsync(() -> feed(servers, "first", lines.subList(0, half)));
      Auditor auditor = auditor(servers);
      await("the middle of the way")
          .atMost(PATIENCE)
          .until(() -> auditor.audit().counts().rawDecisions() > 200);
      first.kill();
      List<String> rest = new ArrayList<>(lines.subList(half, lines.size()));
      rest.add(0, lines.get(0)); // the header
      long published = feed.get() + feed(servers, "rest", rest); // while no scorer is there
      try (ChildCommand second = stage(servers, "scoring", 2)) {
        awaitReady(second);
        shouldHaveDecidedAll(auditor, published);
        assertThat(text(second, "/metrics")).contains("scoring_decisions_total");
        assertThat(text(console, "/metrics")).contains("console_intake");
        shouldShowTheReleaseOfTheStore(console);
        shouldLaunchWhatAPersonAskedFor(servers);
        second.stop();
        assertThat(second.err()).last().isEqualTo("stopped");
        shouldHaveFiledDecisions();
        shouldHaveFoundFeaturesAsServed(check);
        shouldNotBeReadyWithoutABroker(servers, others);
        assertThat(status(check, "/health/ready")).as("it asks no broker").isEqualTo(200);
      }
    }
  }

  private void shouldHaveFiledDecisions() {
    Path decisions = folder.resolve("history").resolve("decisions");
    await("finished files of decisions")
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!Files.isDirectory(decisions)) {
                return false;
              }
              try (Stream<Path> files = Files.walk(decisions)) {
                return files.anyMatch(file -> file.getFileName().toString().startsWith("part-"));
              } catch (UncheckedIOException e) {
                return false; // a file was finished under another name meanwhile
              }
            });
  }

  private static void shouldHaveFoundFeaturesAsServed(ChildCommand check) {
    await("vectors computed again")
        .atMost(PATIENCE)
        .until(() -> checked(check.requireRunning(), "vectors") > 0);
    assertThat(checked(check, "mismatches") + checked(check, "label_mismatches")).isZero();
    assertThat(checked(check, "failures")).isZero();
  }

  /** A counter of the check, over all entities. */
  private static double checked(ChildCommand check, String counter) {
    Matcher counted = CHECKED.matcher(text(check, "/metrics"));
    double sum = 0;
    while (counted.find()) {
      sum += counted.group(1).equals(counter) ? Double.parseDouble(counted.group(2)) : 0;
    }
    return sum;
  }

  /** But live: starting them anew would help nobody. */
  private static void shouldNotBeReadyWithoutABroker(
      EmbeddedPlatform servers, List<ChildCommand> stages) {
    servers.kafka().close();
    for (ChildCommand stage : stages) {
      await("a stage that is not ready")
          .atMost(PATIENCE)
          .until(() -> status(stage.requireRunning(), "/health/ready") == 503);
      assertThat(status(stage, "/health/live")).isEqualTo(200);
    }
  }

  /** That the job exists is enough: what trainings come to is told by other tests. */
  private static void shouldLaunchWhatAPersonAskedFor(EmbeddedPlatform servers) {
    String shipped = Home.path("config", "releases", Releases.SHIPPED).toString();
    RetrainDesk desk =
        new RetrainDesk(
            new Whereabouts(servers.bootstrapServers(), servers.registryUrl(), shipped, null),
            WallClock.INSTANCE);
    desk.ask("payments-sim", new RetrainDesk.Wish("alice", "A new fraud ring.", null));
    await("a run with a job")
        .atMost(PATIENCE)
        .until(
            () ->
                desk.entries().stream()
                    .anyMatch(entry -> entry.run() != null && !entry.run().getJobName().isEmpty()));
  }

  private static void shouldHaveDecidedAll(Auditor auditor, long payments) {
    AuditReport report =
        await("all decisions")
            .atMost(PATIENCE)
            .until(
                auditor::audit,
                audited ->
                    audited.counts().transactions() == payments && audited.missing().isEmpty());
    new AtLeastOnce().verify(report);
    new FirstDecisionWins().verify(report);
  }

  /** What ships stands in an object store, and stages are told to start with it. */
  private static Map<String, String> stored(S3Store store) {
    Map<String, String> keys =
        Map.of(
            "AWS_ENDPOINT_URL_S3", store.endpoint().toString(),
            "AWS_ACCESS_KEY_ID", "key",
            "AWS_SECRET_ACCESS_KEY", "secret");
    String address = "s3://models/releases/" + Releases.SHIPPED;
    new S3Releases(S3Access.of(keys), WallClock.INSTANCE)
        .publish(Home.path("config", "releases", Releases.SHIPPED), S3Address.parse(address));
    Map<String, String> environment = new HashMap<>(keys);
    environment.put("TIDEGATE_RUN_RELEASE", address);
    return environment;
  }

  /** Its figures are those of its manifest, which is in the store alone. */
  private static void shouldShowTheReleaseOfTheStore(ChildCommand console) throws Exception {
    String where =
        console.err().stream()
            .filter(line -> line.startsWith("console runs: "))
            .findFirst()
            .orElseThrow()
            .substring("console runs: ".length());
    String page =
        HTTP.send(
                HttpRequest.newBuilder(URI.create(where).resolve("/models")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertThat(page)
        .contains(Releases.SHIPPED, "2026-01-01 to 2026-03-31")
        .doesNotContain("manifest not readable here");
  }

  private ChildCommand stage(EmbeddedPlatform servers, String stage, int turn) throws IOException {
    return stage(servers, stage, turn, Map.of());
  }

  private ChildCommand stage(
      EmbeddedPlatform servers, String stage, int turn, Map<String, String> environment)
      throws IOException {
    Path config = folder.resolve(stage + ".yaml");
    Files.writeString(
        config,
        """
        servers:
          kafka: KAFKA
          registry: REGISTRY
          database: DATABASE
          database-user: postgres
        run: {port: 0, state: STATE}
        history: {directory: HISTORY, roll: 4s}
        features: {check: {interval: 1s, slices: 1, max-payments: 1000000}}
        console: {port: 0}
        """
            .replace("KAFKA", servers.bootstrapServers())
            .replace("REGISTRY", servers.registryUrl())
            .replace("DATABASE", servers.database().jdbcUrl())
            .replace("HISTORY", folder.resolve("history").toString())
            .replace("STATE", folder.resolve(stage + turn).toString()));
    Map<String, String> own = new HashMap<>(environment);
    if (stage.equals("scoring-aml")) {
      own.put("TIDEGATE_SCORING_AML_RELEASE", "shipped");
    }
    return ChildCommand.start(own, "run", stage, "--config", config.toString());
  }

  private static void awaitReady(ChildCommand stage) {
    await("readiness, after " + stage.err())
        .atMost(PATIENCE)
        .until(() -> status(stage, "/health/ready") == 200);
    assertThat(status(stage, "/health/live")).isEqualTo(200);
  }

  private static int status(ChildCommand stage, String path) {
    HttpResponse<String> answer = ask(stage, path);
    return answer == null ? 0 : answer.statusCode();
  }

  private static String text(ChildCommand stage, String path) {
    return ask(stage, path).body();
  }

  private static HttpResponse<String> ask(ChildCommand stage, String path) {
    for (String line : stage.err()) {
      Matcher health = HEALTH.matcher(line);
      if (health.matches()) {
        try {
          return HTTP.send(
              HttpRequest.newBuilder(URI.create(health.group(1) + path)).build(),
              HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
          return null;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
    }
    return null;
  }

  private long feed(EmbeddedPlatform servers, String name, List<String> lines) {
    return new BankFeed(servers.bootstrapServers(), servers.registryUrl(), folder)
        .publish(name, lines);
  }

  private static Auditor auditor(EmbeddedPlatform servers) {
    return new Auditor(
        new KafkaTopicLog(
            servers.bootstrapServers(), new ConfluentRegistry(servers.registryUrl())));
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    try (ChildCommand run =
        ChildCommand.start(Map.of("TIDEGATE_RUN_STATE", folder.toString()), "run", "scoring")) {
      assertThat(run.awaitEnd()).isEqualTo(2);
      assertThat(String.join("\n", run.err()).toLowerCase(Locale.ROOT)).contains("servers.kafka");
    }
  }

  @Test
  void shouldSayThatItCannotCheckABucketThatIsNotMounted() throws Exception {
    try (ChildCommand run =
        ChildCommand.start(
            Map.of(
                "TIDEGATE_RUN_STATE", folder.toString(),
                "TIDEGATE_RUN_PORT", "0",
                "TIDEGATE_HISTORY_DIRECTORY", "s3://bucket/history"),
            "run",
            "features-check")) {
      assertThat(run.awaitEnd()).isEqualTo(2);
      assertThat(String.join("\n", run.err())).contains("a mount of its bucket", "s3://bucket");
    }
  }
}
