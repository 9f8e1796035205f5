package dev.tidegate.app.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.Home;
import dev.tidegate.app.audit.Insisting;
import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.retrain.trial.TrialSettings;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A release's trial over a real broker: steps, their audit, a rollback, and starts anew. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class TrialFollowerIT {
  private static final String NEXT = "next-0001";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int PHASE = 200;

  @TempDir private Path directory;

  private EmbeddedKafka kafka;
  private EmbeddedRegistry registry;
  private Whereabouts platform;
  private ControlEvents events;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(directory.resolve("registry")),
            Files.createDirectories(directory.resolve("logs")),
            0,
            false);
    Path shipped = Home.path("config", "releases", Releases.SHIPPED);
    platform = new Whereabouts(kafka.bootstrapServers(), registry.url(), shipped.toString(), null);
    platform.write(directory);
    events = platform.events();
  }

  @AfterEach
  void stop() {
    registry.close();
    kafka.close();
  }

  @Test
  void shouldLeadAReleaseToPeopleAndRollItBackWhenItsAlarmSounds() throws IOException {
    release(NEXT);
    send(Topics.RETRAIN_RUNS, RetrainRun.class, List.of(succeeded()));
    TrialFollower follower = follower();
    try {
      awaitRole("shadow " + NEXT);
      shadow(PHASE);
      awaitRole("canary " + NEXT);
      decide(0, PHASE, 20);
      await()
          .atMost(PATIENCE)
          .until(() -> told.stream().anyMatch(line -> line.contains("is ready for approval")));
    } finally {
      follower.close();
    }
    assertThat(follower.failure()).isNull();
    assertThat(actions()).containsExactly("model.shadow", "model.canary", "model.ready");

    // It knows by the topics where it was.
    try (TrialFollower again = follower()) {
      decide(PHASE, 2 * PHASE, 2);
      awaitRole("champion " + Releases.SHIPPED + ".$");
      assertThat(again.failure()).isNull();
    }
    assertThat(actions())
        .containsExactly("model.shadow", "model.canary", "model.ready", "model.rollback");
    AuditEvent last = events.all(Topics.AUDIT, AuditEvent.class).get(3);
    assertThat(last.getActor()).isEqualTo("release-trial");
    assertThat(last.getTo()).contains("stops payments more often than in", "statistic");
    assertThat(CommandRun.of("audit", "verify", "--data", directory.toString()).succeeded().out())
        .startsWith("4 control actions, chain whole");
  }

  /** What cannot be decoded is told of and passed over, so it shows what was read. */
  @Test
  void shouldNotReadWhatPaymentsBroughtBeforeTheOldestTrialBegan() throws Exception {
    Instant written = unreadable(Topics.SHADOW_SCORES, Topics.DECISIONS, Topics.LABELS);
    try (TrialFollower idle = follower()) {
      awaitFollowing(idle);
    }
    await().until(() -> WallClock.INSTANCE.instant().isAfter(written.plusSeconds(2)));
    release(NEXT);
    new ReleaseSteps(platform, WallClock.INSTANCE)
        .take(
            ReleaseAction.SHADOW,
            directory.resolve(NEXT).toString(),
            null,
            new ReleaseSteps.By(TrialBook.BY, null));
    shadow(PHASE / 2);
    try (TrialFollower follower = follower()) {
      awaitFollowing(follower);
      await()
          .atMost(PATIENCE)
          .until(() -> !follower.progress().isEmpty() && follower.progress().get(0).shadowed() > 0);
      assertThat(follower.progress().get(0).shadowed()).as("all before").isEqualTo(PHASE / 2);
      assertThat(told).noneMatch(line -> line.contains("cannot read"));
      unreadable(Topics.LABELS);
      await()
          .atMost(PATIENCE)
          .until(() -> told.stream().anyMatch(line -> line.contains("cannot read, labels")));
      assertThat(follower.failure()).isNull();
      assertThat(follower.following()).isTrue();
    }
  }

  /** Two followers at a time are there while a new one takes over. */
  @Test
  void shouldNoteOnceThatAReleaseIsReadyThoughManyDoAtATime() throws Exception {
    int many = 4;
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<Boolean>> noted = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        ReleaseSteps steps = new ReleaseSteps(platform, WallClock.INSTANCE);
        noted.add(
            threads.submit(
                () -> {
                  together.await();
                  return Insisting.act(
                      () -> steps.noteReady(NEXT, new ReleaseSteps.By(TrialBook.BY, "it is")));
                }));
      }
      int times = 0;
      for (Future<Boolean> one : noted) {
        times += one.get() ? 1 : 0;
      }
      assertThat(times).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(actions()).containsExactly("model.ready");
  }

  private static void awaitFollowing(TrialFollower follower) {
    await().atMost(PATIENCE).until(() -> follower.following() || follower.failure() != null);
    assertThat(follower.failure()).isNull();
  }

  /** Records that are no event; returns when the last was written. */
  private Instant unreadable(Topics... topics) throws Exception {
    long written = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Topics topic : topics) {
        written =
            producer
                .send(new ProducerRecord<>(topic.topic(), new byte[] {1}, new byte[] {1}))
                .get()
                .timestamp();
      }
    }
    return Instant.ofEpochMilli(written);
  }

  private TrialFollower follower() {
    return TrialFollower.start(
        platform,
        new TrialFollower.Trials(
            new TrialSettings(PHASE, 10, PHASE, 2, 0.05), Duration.ofDays(7), directory.toString()),
        told::add);
  }

  private List<String> actions() {
    return events.all(Topics.AUDIT, AuditEvent.class).stream().map(AuditEvent::getAction).toList();
  }

  /** Roles as the audit words them. */
  private void awaitRole(String pattern) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              ReleaseSteps.Standing standing =
                  new ReleaseSteps(platform, WallClock.INSTANCE).standing();
              String words = "champion " + standing.roles().champion() + ".";
              if (standing.roles().canary() != null) {
                words += "canary " + standing.roles().canary() + ".";
              }
              if (!standing.roles().shadows().isEmpty()) {
                words += "shadow " + standing.roles().shadows().get(0) + ".";
              }
              assertThat(words).containsPattern(pattern);
            });
  }

  private static RetrainRun succeeded() {
    return RetrainRun.newBuilder()
        .setRunId("run-1")
        .setRequestId("request-1")
        .setState(RunState.SUCCEEDED)
        .setAtMs(1)
        .setDetail("done")
        .setRelease(NEXT)
        .build();
  }

  /** One in twenty is stopped by the champion, and by the shadow another one. */
  private void shadow(int count) {
    List<ShadowScore> scores = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scores.add(
          ShadowScore.newBuilder()
              .setTransactionId("s" + i)
              .setEventTimeMs(1_000L * i)
              .setScoredAtMs(1_000L * i)
              .setRelease(NEXT)
              .setScore(0.1)
              .setOutcome(i % 20 == 3 ? Outcome.HOLD : Outcome.APPROVE)
              .setServingRelease(Releases.SHIPPED)
              .setServingScore(0.1)
              .setServingOutcome(i % 20 == 7 ? Outcome.HOLD : Outcome.APPROVE)
              .build());
    }
    send(Topics.SHADOW_SCORES, ShadowScore.class, scores);
  }

  /** Decisions of the canary, of which each so-and-so-manieth is held. */
  private void decide(int from, int to, int held) {
    List<Decision> decisions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      decisions.add(
          Decision.newBuilder()
              .setDecisionId("d" + i)
              .setTransactionId("t" + i)
              .setPayerAccount("a" + i)
              .setEventTimeMs(1_000L * i)
              .setIngestedAtMs(1)
              .setDecidedAtMs(1)
              .setScore(0.1)
              .setOutcome(i % held == 0 ? Outcome.HOLD : Outcome.APPROVE)
              .setRelease(NEXT)
              .setFeatureDigest("f")
              .setRuleSet("")
              .build());
    }
    send(Topics.DECISIONS, Decision.class, decisions);
  }

  private <T extends SpecificRecord> void send(Topics topic, Class<T> type, List<T> sent) {
    events.send(
        topic, type, sent.stream().map(one -> new ControlEvents.Keyed<>("key", one)).toList());
  }

  private void release(String name) throws IOException {
    Path shipped = Home.path("config", "releases", Releases.SHIPPED);
    Path folder = Files.createDirectories(directory.resolve(name));
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (file.endsWith(ReleaseStore.MANIFEST)) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          bytes =
              text.replace("\"" + Releases.SHIPPED + "\"", "\"" + name + "\"")
                  .getBytes(StandardCharsets.UTF_8);
        }
        Files.write(folder.resolve(file.getFileName()), bytes);
      }
    }
  }
}
