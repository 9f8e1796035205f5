package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.Degradation;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scorer at a real broker. Tests share topics, as scorers of years would; each has payments of
 * its own, known by their prefix, and looks at every record on the output topics.
 *
 * <p>Payments are counted raw, repetitions included. Between a kill and the new scorer's look at
 * the topics a broker might still append a record that the dead one had sent; here it never does,
 * since broker and scorer share a process. README says what holds in general.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class ScoringLoopIT {
  private static final double THRESHOLD = 0.9;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(2);
  private static final LoadedRelease RELEASE = ReleaseFixtures.echo(THRESHOLD);

  @TempDir private static Path directory;

  private static final InMemoryRegistry REGISTRY = new InMemoryRegistry();
  private static EmbeddedKafka kafka;
  private static FeatureTopics topics;
  private static ScoringSettings settings;

  private final List<ScoringLoop> started = new ArrayList<>();

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopics();
    topics = new FeatureTopics(kafka.bootstrapServers(), REGISTRY);
    settings = ScoringSettings.at(kafka.bootstrapServers(), REGISTRY).withMaxBatch(256);
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    kafka.close();
  }

  /** Leaves the group to the next test, whatever became of this one. */
  @AfterEach
  void stopScorers() {
    started.forEach(ScoringLoop::kill);
  }

  @Test
  void shouldDecideEveryPaymentOnceOverKills() throws Exception {
    int kills = 5;
    int aRun = 4_000;
    int payments = kills * aRun;
    Random random = new Random(7);
    for (int kill = 0; kill < kills; kill++) {
      topics.feed(vectors("kill", kill * aRun, aRun));
      ScoringLoop loop = start(settings);
      int until = 500 + random.nextInt(3_000);
      await().pollInterval(MOMENT).atMost(LIMIT).until(() -> loop.decided() >= until);
      loop.kill();
      assertThat(loop.failure()).isNull();
    }
    try (ScoringLoop last = start(settings)) {
      awaitDecided(last, "kill", payments);
      await().atMost(LIMIT).until(() -> last.metrics().lag() == 0);
    }

    assertEachDecidedOnce("kill", payments);
    assertThat(topics.uncommitted(ScoringSettings.GROUP)).isZero();
  }

  @Test
  void shouldDecideEveryPaymentOnceWhileScorersComeAndGo() {
    AtomicInteger fed = new AtomicInteger();
    ScoringLoop first = start(settings);
    ScoringLoop second = start(settings);
    feedUntil("share", fed, () -> first.decided() > 1_000 && second.decided() > 1_000);
    ScoringLoop third = start(settings);
    feedUntil("share", fed, () -> third.decided() > 1_000);
    topics.feed(vectors("share", fed.get(), 10_000));
    first.kill();
    second.close();
    awaitDecided(third, "share", fed.addAndGet(10_000));
    third.close();

    assertEachDecidedOnce("share", fed.get());
    assertThat(List.of(first, second, third)).allMatch(loop -> loop.failure() == null);
  }

  @Test
  void shouldDecideNoneAnewThatComesAgainAfterItsIdWasForgotten() throws Exception {
    Duration moment = Duration.ofSeconds(1);
    topics.feed(vectors("old", 1_000));
    try (ScoringLoop first = start(settings)) {
      awaitDecided(first, "old", 1_000);
    }
    long doneMs = WallClock.INSTANCE.millis();
    await().until(() -> WallClock.INSTANCE.millis() > doneMs + 2 * moment.toMillis());

    ScoringLoop later = start(inGroup("set-back", settings).withHorizon(moment));
    await().atMost(LIMIT).until(() -> topics.uncommitted("set-back") == 0);
    assertThat(later.metrics().duplicates()).isGreaterThanOrEqualTo(1_000);
    topics.feed(vectors("old", 1_000)); // appended again, as by a job that starts anew
    await().atMost(LIMIT).until(() -> topics.uncommitted("set-back") == 0);
    topics.feed(vectors("new", 10));
    awaitDecided(later, "new", 10);
    later.close();

    assertEachDecidedOnce("old", 1_000);
    assertEachDecidedOnce("new", 10);
  }

  @Test
  void shouldLeaveDecisionsAsTheyAreWhenAnotherReleaseReadsThemAgain() {
    topics.feed(vectors("again", 1_000));
    try (ScoringLoop loop = start(settings)) {
      awaitDecided(loop, "again", 1_000);
    }
    try (ScoringLoop loop =
        ScoringLoop.start(
            inGroup("replay", settings), ReleaseFixtures.echo(0), WallClock.INSTANCE)) {
      await().atMost(LIMIT).until(() -> loop.metrics().duplicates() >= 1_000);
    }

    assertEachDecidedOnce("again", 1_000);
  }

  @Test
  void shouldNotRaiseAnAlertAgainThatStoodBeforeItsDecision() {
    EventCodec<Alert> codec = EventCodec.of(Topics.ALERTS, Alert.class, REGISTRY);
    FeatureVector vector = Vectors.of("alerted-0", 0.1f);
    String alertId = EventId.alert(Lane.FRAUD, "alerted-0").hex();
    Alert standing =
        Alert.newBuilder()
            .setAlertId(alertId)
            .setLane(Lane.FRAUD)
            .setTransaction(vector.getTransaction())
            .setCreatedAtMs(1)
            .setScore(0.95f)
            .setThreshold(THRESHOLD)
            .setOutcome(Outcome.HOLD)
            .setRelease("earlier-0001")
            .setFeatureDigest(ReleaseFixtures.FEATURES)
            .setFeatureNames(List.of("feature_0"))
            .setFeatureValues(List.of(0.95f))
            .build();
    topics.put(Topics.ALERTS, alertId, codec.encode(standing));
    topics.put(Topics.ALERTS, "a key of another kind", codec.encode(standing));
    topics.feed(Stream.of(vector));
    try (ScoringLoop loop = start(settings)) {
      awaitDecided(loop, "alerted", 1);
    }

    Decision decision = decided("alerted").get(0);
    assertThat(decision.getOutcome()).isEqualTo(Outcome.HOLD);
    assertThat(decision.getRelease()).isEqualTo("earlier-0001");
    assertThat(decision.getScore()).isEqualTo((double) 0.95f);
    assertThat(alerts("alerted")).hasSize(2).allMatch(alert -> alert.getCreatedAtMs() == 1);
  }

  @Test
  void shouldSkipWhatIsNoVectorAndHoldWhatItCannotScore() {
    topics.put(Topics.FEATURES, "k", new byte[] {1, 2, 3});
    topics.put(Topics.FEATURES, "k", null);
    topics.put(Topics.FEATURES, "k", new byte[] {0, 0, 0, 0, 1, 127, 127});
    topics.feed(
        Stream.of(Vectors.of("odd-0", "e".repeat(64), List.of(0.1f)), Vectors.of("odd-1", 0.1f)));
    try (ScoringLoop loop = start(settings)) {
      awaitDecided(loop, "odd", 2);
      ScoringMetrics metrics = loop.metrics();
      assertThat(metrics.undecodable()).isEqualTo(3);
      assertThat(metrics.degraded()).containsEntry(Degradation.FEATURE_DIGEST_MISMATCH, 1L);
    }

    assertThat(decided("odd"))
        .filteredOn(decision -> decision.getTransactionId().equals("odd-0"))
        .singleElement()
        .matches(decision -> decision.getOutcome() == Outcome.HOLD)
        .matches(decision -> "feature-digest-mismatch".equals(decision.getDegraded()));
  }

  @Test
  void shouldStopAndCommitNothingWhileTheRegistryIsDown() throws InterruptedException {
    topics.feed(vectors("down", 10));
    ScoringSettings deaf = ScoringSettings.at(kafka.bootstrapServers(), new DeafRegistry());
    try (ScoringLoop loop = start(deaf)) {
      assertThat(loop.awaitEnd()).isInstanceOf(RegistryException.class).hasMessageContaining("@");
      assertThat(loop.decided()).isZero();
    }
    try (ScoringLoop loop = start(settings)) {
      awaitDecided(loop, "down", 10);
    }
    assertEachDecidedOnce("down", 10);
  }

  private static ScoringSettings inGroup(String group, ScoringSettings settings) {
    return new ScoringSettings(
        settings.bootstrapServers(),
        settings.registry(),
        group,
        settings.batching(),
        settings.policy(),
        settings.horizon(),
        settings.limits(),
        settings.device(),
        settings.lane());
  }

  private ScoringLoop start(ScoringSettings settings) {
    ScoringLoop loop = ScoringLoop.start(settings, RELEASE, WallClock.INSTANCE);
    started.add(loop);
    return loop;
  }

  private static void awaitDecided(ScoringLoop loop, String prefix, int payments) {
    await().atMost(LIMIT).until(() -> !loop.running() || decided(prefix).size() >= payments);
    assertThat(loop.failure()).isNull();
  }

  private static void feedUntil(String prefix, AtomicInteger fed, BooleanSupplier enough) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              topics.feed(vectors(prefix, fed.getAndAdd(500), 500));
              return enough.getAsBoolean();
            });
  }

  private static Stream<FeatureVector> vectors(String prefix, int count) {
    return vectors(prefix, 0, count);
  }

  private static Stream<FeatureVector> vectors(String prefix, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> Vectors.of(prefix + "-" + i, score(i)));
  }

  /** Scores run through 0 to 0.99; nine in a hundred are alerted, since 0.9 as a float is less. */
  private static float score(int number) {
    return number % 100 / 100f;
  }

  private static List<Decision> decided(String prefix) {
    return topics.all(Topics.DECISIONS, Decision.class).stream()
        .filter(decision -> decision.getTransactionId().startsWith(prefix + "-"))
        .toList();
  }

  private static List<Alert> alerts(String prefix) {
    return topics.all(Topics.ALERTS, Alert.class).stream()
        .filter(alert -> alert.getTransaction().getTransactionId().startsWith(prefix + "-"))
        .toList();
  }

  private static void assertEachDecidedOnce(String prefix, int payments) {
    List<Decision> decisions = decided(prefix);
    assertThat(decisions).hasSize(payments);
    Map<String, Decision> byPayment =
        decisions.stream()
            .collect(Collectors.toMap(Decision::getTransactionId, Function.identity()));
    List<Alert> alerts = alerts(prefix);
    Map<String, Alert> alertByPayment =
        alerts.stream()
            .collect(
                Collectors.toMap(a -> a.getTransaction().getTransactionId(), Function.identity()));
    for (int i = 0; i < payments; i++) {
      String payment = prefix + "-" + i;
      Decision decision = byPayment.get(payment);
      boolean alerted = score(i) >= THRESHOLD;
      assertThat(decision.getScore()).isEqualTo((double) score(i));
      assertThat(decision.getOutcome()).isEqualTo(alerted ? Outcome.HOLD : Outcome.APPROVE);
      assertThat(alertByPayment.containsKey(payment)).isEqualTo(alerted);
    }
  }

  /** Knows no schema, as a registry that is down. */
  private static final class DeafRegistry implements SchemaRegistry {
    @Override
    public int register(String subject, String schemaJson) {
      throw new RegistryException("no answer");
    }

    @Override
    public String schemaById(int id) {
      throw new RegistryException("no answer");
    }
  }
}
