package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.reasons.LinearModel;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.SequenceInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reasons that follow alerts at a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LiveReasonsIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int WIDTH = 4;

  @TempDir private Path directory;

  @Test
  void shouldExplainEachAlertAndWhatAnEarlierScorerLeft() {
    InMemoryRegistry registry = new InMemoryRegistry();
    Forest forest = RandomForests.perfect(WIDTH, 20, 4, 5);
    LoadedRelease release = release(forest);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      kafka.createTopics();
      FeatureTopics topics = new FeatureTopics(kafka.bootstrapServers(), registry);
      Alert left = left(release, new float[] {0.5f, 0.25f, 0.75f, 0.125f});
      topics.put(
          Topics.ALERTS,
          left.getAlertId(),
          EventCodec.of(Topics.ALERTS, Alert.class, registry).encode(left));
      topics.feed(
          IntStream.range(0, 500)
              .mapToObj(i -> Vectors.of("t-" + i, i % 7 / 7f, i % 11 / 11f, i % 3 / 3f, 0.5f)));
      ScoringSettings settings = ScoringSettings.at(kafka.bootstrapServers(), registry);
      try (ScoringLoop loop = ScoringLoop.start(settings, release, WallClock.INSTANCE)) {
        await().atMost(LIMIT).until(() -> loop.decided() == 500);
        List<Alert> alerts = topics.all(Topics.ALERTS, Alert.class);
        assertThat(alerts.size()).isGreaterThan(20);
        await()
            .atMost(LIMIT)
            .until(
                () -> topics.all(Topics.ALERT_REASONS, AlertReasons.class).size() == alerts.size());
      }
      assertExplained(topics, forest);
      topics.close();
    }
  }

  /** A network's alerts, and those of a release that reads sequences, are explained by ablation. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldExplainEachAlertOfAReleaseWithoutTrees(boolean sequences) {
    InMemoryRegistry registry = new InMemoryRegistry();
    LoadedRelease release = sequences ? sequenceRelease() : networkRelease();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      kafka.createTopics();
      FeatureTopics topics = new FeatureTopics(kafka.bootstrapServers(), registry);
      topics.feed(
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      Vectors.sequence(
                          "t-" + i,
                          List.of(i % 7 / 7f, i % 11 / 11f, i % 3 / 3f, 0.5f),
                          List.of(i % 5 / 5f, i % 2 / 2f))));
      ScoringSettings settings = ScoringSettings.at(kafka.bootstrapServers(), registry);
      try (ScoringLoop loop = ScoringLoop.start(settings, release, WallClock.INSTANCE)) {
        await().atMost(LIMIT).until(() -> loop.decided() == 300);
        List<Alert> alerts = topics.all(Topics.ALERTS, Alert.class);
        assertThat(alerts.size()).isGreaterThan(20);
        await()
            .atMost(LIMIT)
            .until(
                () -> topics.all(Topics.ALERT_REASONS, AlertReasons.class).size() == alerts.size());
      }
      List<AlertReasons> all = topics.all(Topics.ALERT_REASONS, AlertReasons.class);
      assertMarginsAreTheScores(topics, all);
      assertThat(all).anyMatch(reasons -> !reasons.getReasons().isEmpty());
      if (sequences) {
        assertThat(all).allMatch(reasons -> !reasons.getReasons().isEmpty());
        assertThat(all)
            .anyMatch(
                reasons ->
                    reasons.getReasons().stream().anyMatch(one -> one.getCode().equals("R61")));
      }
      topics.close();
    }
  }

  private static void assertMarginsAreTheScores(FeatureTopics topics, List<AlertReasons> all) {
    Map<String, Alert> alerts =
        topics.all(Topics.ALERTS, Alert.class).stream()
            .collect(Collectors.toMap(Alert::getAlertId, Function.identity()));
    for (AlertReasons reasons : all) {
      double score = alerts.get(reasons.getAlertId()).getScore();
      assertThat(1 / (1 + Math.exp(-reasons.getMargin()))).isCloseTo(score, within(1e-5));
    }
  }

  private static LoadedRelease networkRelease() {
    byte[] onnx = OnnxFixtures.perceptron(WIDTH, 3);
    float[] rows = new float[300 * WIDTH];
    try (var model = OnnxModel.open(onnx)) {
      for (int i = 0; i < 300; i++) {
        float[] row = {i % 7 / 7f, i % 11 / 11f, i % 3 / 3f, 0.5f};
        System.arraycopy(row, 0, rows, i * WIDTH, WIDTH);
      }
      float[] scores = model.score(rows);
      Arrays.sort(scores);
      return ReleaseFixtures.with(manifest(scores[200]), () -> OnnxModel.open(onnx));
    }
  }

  /** Its golden scores are another model's, which has an answer to missing values. */
  private static Manifest manifest(double threshold) {
    return ReleaseFixtures.manifest(
        "model.onnx", new byte[0], LinearModel.of(1, 0, 0, 0), WIDTH, threshold);
  }

  private static LoadedRelease sequenceRelease() {
    Manifest manifest =
        ReleaseFixtures.withSequence(manifest(0.75), new SequenceInput("account", 0, 2, 1));
    return ReleaseFixtures.with(manifest, LinearModel.of(1, 0, 0, 0, 2, 2));
  }

  /** Additivity: base and all features make the margin, and the margin the score. */
  private static void assertExplained(FeatureTopics topics, Forest forest) {
    Map<String, Alert> alerts =
        topics.all(Topics.ALERTS, Alert.class).stream()
            .collect(Collectors.toMap(Alert::getAlertId, Function.identity()));
    List<AlertReasons> all = topics.all(Topics.ALERT_REASONS, AlertReasons.class);
    assertThat(all).extracting(AlertReasons::getAlertId).doesNotHaveDuplicates();
    for (AlertReasons reasons : all) {
      Alert alert = alerts.get(reasons.getAlertId());
      assertThat((double) Forest.probability((float) reasons.getMargin()))
          .isCloseTo(alert.getScore(), within(1e-5));
      assertThat(reasons.getRelease()).isEqualTo(alert.getRelease());
      for (AlertReason reason : reasons.getReasons()) {
        int feature = alert.getFeatureNames().indexOf(reason.getFeature());
        assertThat(reason.getValue()).isEqualTo(alert.getFeatureValues().get(feature));
        assertThat(reason.getLogOdds()).isPositive();
        assertThat(reason.getEnglish()).isNotBlank();
        assertThat(reason.getChinese()).isNotBlank();
      }
    }
    assertThat(all).anyMatch(reasons -> !reasons.getReasons().isEmpty());
    assertThat(forest.features()).isEqualTo(WIDTH);
  }

  /** The scorer that raised it was ended before it had explained it. */
  private static Alert left(LoadedRelease release, float[] row) {
    Transaction payment = Vectors.of("earlier", 1f).getTransaction();
    List<Float> values = IntStream.range(0, row.length).mapToObj(i -> row[i]).toList();
    try (var model = release.openModel()) {
      return Alert.newBuilder()
          .setAlertId(EventId.alert(Lane.FRAUD, "earlier").hex())
          .setLane(Lane.FRAUD)
          .setTransaction(payment)
          .setCreatedAtMs(1)
          .setScore(model.score(row)[0])
          .setThreshold(0.5)
          .setOutcome(Outcome.HOLD)
          .setRelease(release.manifest().release())
          .setFeatureDigest(ReleaseFixtures.FEATURES)
          .setFeatureNames(release.manifest().featureNames())
          .setFeatureValues(values)
          .build();
    }
  }

  private static LoadedRelease release(Forest forest) {
    ForestModel.Trees trees = ForestModel.of(forest);
    LoadedRelease like =
        ReleaseFixtures.with(
            ReleaseFixtures.manifest("model.xgboost.json", new byte[0], trees::open, WIDTH, 0.5),
            trees::open);
    return new LoadedRelease(like.manifest(), like.manifestSha256(), forest, like.models());
  }
}
