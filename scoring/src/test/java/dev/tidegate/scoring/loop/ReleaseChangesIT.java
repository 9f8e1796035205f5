package dev.tidegate.scoring.loop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.lab.audit.Auditor;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.CanaryShare;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.ReleaseSteps;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases that change under load, at a real broker, while scorers are killed. With two buffers,
 * the harder case: a batch is read and one written while another is decided.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class ReleaseChangesIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(2);
  private static final int WIDTH = 3;
  private static final int RELEASES = 5;
  private static final int CHUNK = 200;
  private static final int BURST = 5_000;
  private static final int MOST_MORE_KILLS = 90;

  @TempDir private Path directory;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Map<String, LoadedRelease> releases = new HashMap<>();
  private final Map<String, Path> folders = new HashMap<>();
  private final Map<String, FeatureVector> fed = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Double>> dueByRelease = new HashMap<>();
  private EmbeddedKafka kafka;
  private FeatureTopics topics;
  private FeatureTopics.Tail<Decision> decided;
  private EventCodec<ModelRelease> steps;
  private EventCodec<Transaction> payments;
  private ScoringSettings settings;
  private final AtomicInteger burst = new AtomicInteger();
  private ScoringLoop loop;
  private long repeated;
  private int newest;

  @BeforeEach
  void startAll() throws IOException {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    topics = new FeatureTopics(kafka.bootstrapServers(), registry);
    decided = topics.tail(Topics.DECISIONS, Decision.class);
    steps = EventCodec.of(Topics.MODELS, ModelRelease.class, registry);
    payments = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    settings =
        ScoringSettings.at(kafka.bootstrapServers(), registry)
            .with(new ScoringSettings.Batching(64, Duration.ZERO, 2));
    for (int i = 0; i < RELEASES; i++) {
      make("release-" + i, OnnxFixtures.forest(WIDTH, 3, i));
    }
    loop = start();
  }

  @AfterEach
  void stopAll() {
    loop.kill();
    decided.close();
    topics.close();
    kafka.close();
  }

  /** Every step comes while payments do and a scorer is at work; so does every kill. */
  @Test
  void shouldLoseDoubleMixAndChangeNothingOverSwapsRollbacksAndKills() throws Exception {
    Random random = new Random(11);
    String champion = "release-0";
    int swaps = 20;
    int rollbacks = 0;
    int kills = 0;
    feed(CHUNK);
    ScheduledExecutorService bank = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> load =
        bank.scheduleAtFixedRate(() -> feed(CHUNK / 4 + burst.getAndSet(0)), 0, 25, MILLISECONDS);
    for (int swap = 1; swap <= swaps; swap++) {
      String next = "release-" + swap % RELEASES;
      put(step(ReleaseAction.CHAMPION, next));
      awaitDecidedBy(next);
      if (swap % 4 == 0) {
        put(step(ReleaseAction.ROLLBACK, next));
        awaitDecidedBy(champion);
        rollbacks++;
      } else {
        champion = next;
      }
      if (swap % 2 == 1) {
        killMidBatch(random);
        kills++;
      }
    }
    assertThat(List.of(rollbacks, kills)).containsExactly(5, 10);
    // Where a kill falls is chance: more of them until one came between writing and committing.
    for (int more = 0; repeated == 0 && more < MOST_MORE_KILLS; more++) {
      killMidBatch(random);
    }
    assertThat(load.isDone()).as("payments came to the end").isFalse();
    bank.shutdown();
    assertThat(bank.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    awaitAllDecided();
    loop.close();

    assertThat(loop.failure()).isNull();
    assertThat(repeated + loop.metrics().duplicates())
        .as("kills came between writing and committing")
        .isPositive();
    assertNothingLostOrMixed();
  }

  @Test
  void shouldLeadAReleaseFromShadowOverCanaryToChampionAndBack() {
    feedUntilDecidedBy("release-0"); // else the first step may be part of the first lineup
    put(step(ReleaseAction.SHADOW, "release-1"));
    feedUntil(() -> shadowed("release-1") > 0);
    assertThat(decisions()).noneMatch(one -> one.getRelease().equals("release-1"));

    put(step(ReleaseAction.CANARY, "release-1", 30));
    feedUntilDecidedBy("release-1");
    int since = fed.size();
    feed(1_000);
    awaitAllDecided();
    CanaryShare share = new CanaryShare("release-1", 30);
    assertThat(decisions().stream().filter(one -> numberOf(one) >= since))
        .hasSize(1_000)
        .allMatch(
            one ->
                one.getRelease()
                    .equals(share.has(one.getPayerAccount()) ? "release-1" : "release-0"));
    assertThat(loop.metrics().lineups()).isEqualTo(2);

    put(step(ReleaseAction.ROLLBACK, "release-1"));
    await().atMost(LIMIT).until(() -> loop.metrics().lineups() == 3);
    int before = fed.size();
    feed(500);
    awaitAllDecided();
    assertThat(decisions().stream().filter(one -> numberOf(one) >= before))
        .hasSize(500)
        .allMatch(one -> one.getRelease().equals("release-0"));
    loop.close();

    List<ShadowScore> shadows = topics.all(Topics.SHADOW_SCORES, ShadowScore.class);
    assertThat(shadows)
        .allMatch(one -> one.getScore() == due("release-1", one.getTransactionId()))
        .allMatch(one -> one.getServingScore() == due("release-0", one.getTransactionId()));
    assertNothingLostOrMixed();
  }

  @Test
  void shouldGoOnWithTheChampionWhenAReleaseIsRefused() throws IOException {
    Path corrupt = Files.createDirectories(directory.resolve("corrupt/release-9"));
    try (var files = Files.list(folder("release-1"))) {
      for (Path file : files.toList()) {
        Files.write(corrupt.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    Files.write(corrupt.resolve("model.onnx"), new byte[] {1, 2, 3});
    Path other = write(digest("d".repeat(64), manifest("release-8", forest())), forest());
    put(step(ReleaseAction.CHAMPION, "release-9", corrupt, null));
    put(step(ReleaseAction.CHAMPION, "release-8", other, null));
    put(step(ReleaseAction.CHAMPION, "release-7", directory.resolve("nowhere"), null));
    put(step(ReleaseAction.ROLLBACK, "release-6"));
    topics.put(Topics.MODELS, "fixture", new byte[] {0, 0, 0, 0, 1, 9});
    topics.flush();
    feedUntil(() -> loop.metrics().releasesRefused() == 5);
    loop.close();

    ScoringLoop next = start();
    loop = next;
    feed(CHUNK);
    awaitAllDecided();
    assertThat(next.metrics().releasesRefused()).isEqualTo(5);
    next.close();
    assertThat(decisions()).allMatch(one -> one.getRelease().equals("release-0"));
    assertNothingLostOrMixed();
  }

  private ScoringLoop start() {
    return ScoringLoop.start(settings, releases.get("release-0"), WallClock.INSTANCE);
  }

  /** Kills with thousands of payments under way: read, decided, written, not yet committed. */
  private void killMidBatch(Random random) throws Exception {
    long until = loop.decided() + 500 + random.nextInt(1_000);
    burst.set(BURST);
    await().pollInterval(MOMENT).atMost(LIMIT).until(() -> loop.decided() >= until);
    loop.kill();
    assertThat(loop.failure()).isNull();
    assertThat(topics.uncommitted(ScoringSettings.GROUP)).as("work that was cut").isPositive();
    repeated += loop.metrics().duplicates();
    loop = start();
  }

  private void awaitDecidedBy(String release) {
    newest = fed.size();
    await().atMost(LIMIT).until(() -> decisions().stream().anyMatch(one -> isNew(one, release)));
  }

  private void feedUntilDecidedBy(String release) {
    feedUntil(() -> decisions().stream().anyMatch(one -> isNew(one, release)));
  }

  /** Decisions on what was fed since the step before. */
  private boolean isNew(Decision decision, String release) {
    return numberOf(decision) >= newest && decision.getRelease().equals(release);
  }

  private void feedUntil(BooleanSupplier enough) {
    newest = fed.size();
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              feed(CHUNK);
              return enough.getAsBoolean();
            });
  }

  private void feed(int count) {
    List<FeatureVector> vectors =
        IntStream.range(fed.size(), fed.size() + count)
            .mapToObj(i -> Vectors.of("t-" + i, i % 7 / 7f, i % 11 / 11f, i % 13 / 13f))
            .toList();
    for (FeatureVector vector : vectors) {
      Transaction payment = vector.getTransaction();
      fed.put(payment.getTransactionId(), vector);
      topics.put(Topics.TRANSACTIONS, payment.getPayerAccount(), payments.encode(payment));
    }
    topics.feed(vectors.stream());
  }

  private void awaitAllDecided() {
    await().atMost(LIMIT).until(() -> decisions().size() >= fed.size());
  }

  private List<Decision> decisions() {
    return decided.all();
  }

  private long shadowed(String release) {
    return topics.all(Topics.SHADOW_SCORES, ShadowScore.class).stream()
        .filter(one -> one.getRelease().equals(release))
        .count();
  }

  private static int numberOf(Decision decision) {
    return Integer.parseInt(decision.getTransactionId().substring("t-".length()));
  }

  private void assertNothingLostOrMixed() {
    AuditReport report =
        new Auditor(new KafkaTopicLog(kafka.bootstrapServers(), registry)).audit(fed.keySet());
    assertThat(report.isClean()).as(report.describe()).isTrue();
    assertThat(report.counts().rawDecisions()).isEqualTo(fed.size());
    for (Decision decision : report.decisions().values()) {
      assertThat(decision.getScore())
          .as("%s by %s", decision.getTransactionId(), decision.getRelease())
          .isEqualTo(due(decision.getRelease(), decision.getTransactionId()));
      assertThat(decision.getDegraded()).isNull();
    }
    List<Alert> alerts = topics.all(Topics.ALERTS, Alert.class);
    assertThat(alerts).isNotEmpty();
    for (Alert alert : alerts) {
      Decision decision = report.decisions().get(alert.getTransaction().getTransactionId());
      assertThat(alert.getRelease()).isEqualTo(decision.getRelease());
      assertThat(alert.getScore()).isEqualTo(decision.getScore());
    }
  }

  private double due(String release, String payment) {
    return dueByRelease.computeIfAbsent(release, this::scores).get(payment);
  }

  /** What a release says about everything that was fed, by a model of its own. */
  private Map<String, Double> scores(String release) {
    try (Model model = releases.get(release).openModel()) {
      return fed.entrySet().stream()
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey, entry -> (double) model.score(row(entry.getValue()))[0]));
    }
  }

  private static float[] row(FeatureVector vector) {
    float[] row = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      row[i] = vector.getValues().get(i);
    }
    return row;
  }

  private void make(String name, byte[] onnx) throws IOException {
    Path folder = write(manifest(name, onnx), onnx);
    releases.put(name, ReleaseStore.load(folder));
  }

  private static byte[] forest() {
    return OnnxFixtures.forest(WIDTH, 3, 99);
  }

  private static Manifest manifest(String name, byte[] onnx) {
    return ReleaseFixtures.named(name, ReleaseFixtures.manifest(onnx, WIDTH, 0.5));
  }

  private static Manifest digest(String features, Manifest like) {
    return ReleaseFixtures.taking(features, like);
  }

  private Path write(Manifest manifest, byte[] onnx) throws IOException {
    Path folder = ReleaseStore.write(directory.resolve("releases"), manifest, onnx);
    folders.put(manifest.release(), folder);
    return folder;
  }

  private Path folder(String release) {
    return folders.getOrDefault(release, directory.resolve(release));
  }

  private ModelRelease step(ReleaseAction action, String release) {
    return step(action, release, null);
  }

  private ModelRelease step(ReleaseAction action, String release, @Nullable Integer percent) {
    return step(action, release, folder(release), percent);
  }

  private ModelRelease step(
      ReleaseAction action, String release, Path folder, @Nullable Integer percent) {
    LoadedRelease known = releases.get(release);
    String sha256 = known == null ? "0".repeat(64) : known.manifestSha256();
    return ReleaseSteps.step(action, release, folder.toUri().toString(), sha256, percent);
  }

  private void put(ModelRelease event) {
    topics.put(Topics.MODELS, event.getModel(), steps.encode(event));
    topics.flush();
  }
}
