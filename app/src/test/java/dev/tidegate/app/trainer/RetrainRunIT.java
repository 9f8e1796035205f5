package dev.tidegate.app.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.lab.store.S3Store;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.ReferenceFile;
import dev.tidegate.retrain.train.ForestSearch;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.store.S3Access;
import dev.tidegate.scoring.store.S3Address;
import dev.tidegate.scoring.store.S3Releases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate retrain run} over a real broker and registry. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class RetrainRunIT {
  private static final int PAYMENTS = 4_500;
  private static final String MODEL = "payments-sim";

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registry;
  private static LoggedBank bank;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(directory.resolve("registry")),
            Files.createDirectories(directory.resolve("logs")),
            0,
            false);
    ChosenRelease shipped = Releases.load(Home.path("config", "releases", Releases.SHIPPED));
    bank = new LoggedBank(kafka.bootstrapServers(), registry.url(), shipped.catalogue());
    bank.log("t", PAYMENTS, 1);
  }

  @AfterAll
  static void stop() {
    registry.close();
    kafka.close();
  }

  @Test
  void shouldMakeTheSameReleaseOfTheSameRequestThoughTheTopicsHaveGrown() throws Exception {
    Path request = bank.request(directory, "q-1", MODEL, Releases.SHIPPED);
    CommandRun first = run(request, "first").succeeded();
    bank.log("later", 500, 2);
    CommandRun second = run(request, "second").succeeded();

    assertThat(first.out()).matches("release payments-sim-r[0-9a-f]{12}\n").isEqualTo(second.out());
    String release = first.out().strip().substring("release ".length());
    Map<String, byte[]> files = files(directory.resolve("first").resolve(release));
    assertThat(files)
        .containsOnlyKeys(
            "manifest.json", "model.onnx", "reference.json", "card.json", "card.html");
    cardShouldSayWhatTheManifestSays(files);
    assertThat(files(directory.resolve("second").resolve(release)))
        .usingRecursiveComparison()
        .isEqualTo(files);
    Manifest manifest =
        Releases.load(directory.resolve("first").resolve(release)).release().manifest();
    assertThat(manifest.metrics()).containsEntry(ForestSearch.TRIED, 2.0);
    // 33 of 40 days are mature, a quarter of them is the window.
    assertThat(manifest.training().rows()).isBetween(2_700L, 2_850L);
    assertThat(first.err()).contains("judged on 9", "passed  recall at 3.0 % alerts");

    // As the champion it is held against itself.
    Path again = bank.request(directory, "q-2", MODEL, release);
    CommandRun refused =
        run(again, "third", "--champion", directory.resolve("first").resolve(release).toString());
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.out()).startsWith("refused: PR-AUC 0.").contains("not better");
    assertThat(shown("third")).isEmpty();
  }

  private static void cardShouldSayWhatTheManifestSays(Map<String, byte[]> files)
      throws IOException {
    JsonNode manifest = new JsonMapper().readTree(files.get("manifest.json"));
    JsonNode card = new JsonMapper().readTree(files.get("card.json"));
    assertThat(card.at("/release/modelSha256")).isEqualTo(manifest.get("modelSha256"));
    assertThat(card.at("/data/training/rows").asLong())
        .isEqualTo(manifest.at("/training/rows").asLong());
    assertThat(card.at("/performance/challenger/recallAtBudget").asDouble())
        .isGreaterThan(card.at("/performance/champion/recallAtBudget").asDouble());
    assertThat(card.at("/performance/segments").findValuesAsText("name"))
        .contains("channel=online", "channel=pos", "kind=stolen-card", "kind=takeover");
    assertThat(card.at("/fairness").findValuesAsText("group")).contains("DE", "FR");
    assertThat(card.at("/drift/features")).hasSize(12);
    List<FeatureReference> references = ReferenceFile.read(files.get("reference.json"));
    assertThat(references.stream().map(FeatureReference::name))
        .contains("payment.channel", "payment.payerCountry")
        .hasSizeGreaterThan(100);
    assertThat(new String(files.get("card.html"), StandardCharsets.UTF_8))
        .contains("Model card: payments-sim-r", "channel=online", "recall at 3 % alerts");
  }

  @Test
  void shouldRefuseToLoadAReleaseWhoseReferenceWasChanged() throws Exception {
    Path request = bank.request(directory, "q-6", MODEL, Releases.SHIPPED);
    String release =
        run(request, "changed").succeeded().out().strip().substring("release ".length());
    Path folder = directory.resolve("changed").resolve(release);
    Files.writeString(folder.resolve("reference.json"), "{}");
    assertThatThrownBy(() -> Releases.load(folder)).hasMessageContaining("reference.json has SHA");
  }

  @Test
  void shouldLeaveNothingWhereverItIsKilledAndThenMakeTheWholeRelease() throws Exception {
    Path request = bank.request(directory, "q-3", MODEL, Releases.SHIPPED);
    for (String line : List.of("reading vectors", "candidate 1", "judged on")) {
      try (ChildCommand child = ChildCommand.start(Map.of(), line(request, "killed"))) {
        await()
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(5))
            .until(() -> child.err().stream().anyMatch(said -> said.contains(line)));
        child.kill();
      }
      for (Path release : shown("killed")) {
        Releases.load(release);
      }
    }
    CommandRun undisturbed = run(request, "undisturbed").succeeded();
    assertThat(run(request, "killed").succeeded().out()).isEqualTo(undisturbed.out());
    String release = undisturbed.out().strip().substring("release ".length());
    assertThat(files(directory.resolve("killed").resolve(release)))
        .usingRecursiveComparison()
        .isEqualTo(files(directory.resolve("undisturbed").resolve(release)));
  }

  /** Byte for byte the release of a folder; done again it finds what it left. */
  @Test
  void shouldLeaveItsReleaseInAnObjectStore() throws Exception {
    Path request = bank.request(directory, "q-7", MODEL, Releases.SHIPPED);
    String local = run(request, "stored").succeeded().out();
    String release = local.strip().substring("release ".length());
    try (S3Store store = S3Store.start("models", "key", "secret")) {
      Map<String, String> keys =
          Map.of(
              "AWS_ENDPOINT_URL_S3", store.endpoint().toString(),
              "AWS_ACCESS_KEY_ID", "key",
              "AWS_SECRET_ACCESS_KEY", "secret");
      S3Releases releases = new S3Releases(S3Access.of(keys), WallClock.INSTANCE);
      S3Address at = S3Address.parse("s3://models/releases/" + release);
      for (int turn = 0; turn < 2; turn++) {
        try (ChildCommand child =
            ChildCommand.start(keys, lineTo(request, "s3://models/releases"))) {
          assertThat(child.awaitEnd()).as(String.join("\n", child.err())).isZero();
          assertThat(child.out()).containsExactly("release " + release);
        }
        assertThat(files(releases.fetch(at)))
            .usingRecursiveComparison()
            .isEqualTo(files(directory.resolve("stored").resolve(release)));
      }
    }
  }

  @Test
  void shouldSayWhatIsWrongWithARequest() throws Exception {
    Path request = bank.request(directory, "q-4", "others", Releases.SHIPPED);
    assertThat(run(request, "none").err()).contains("the request is about others");
    Path unknown = bank.request(directory, "q-5", MODEL, "nowhere-0001");
    assertThat(run(unknown, "none").err()).contains("nowhere-0001", "--champion");
    Path empty = directory.resolve("empty.json");
    Files.writeString(empty, "{}");
    CommandRun refused = run(empty, "none");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("has no requestId");
  }

  private static CommandRun run(Path request, String out, String... more) {
    return CommandRun.of(line(request, out, more));
  }

  private static String[] line(Path request, String out, String... more) {
    return lineTo(request, directory.resolve(out).toString(), more);
  }

  private static String[] lineTo(Path request, String out, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "retrain",
                "run",
                "--request",
                request.toString(),
                "--out",
                out,
                "--bootstrap",
                kafka.bootstrapServers(),
                "--registry",
                registry.url(),
                "--candidates",
                "2",
                "--alert-budget",
                "3",
                "--latency",
                "200",
                "--fairness-by",
                "payerCountry"));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private static List<Path> shown(String out) throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve(out))) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
