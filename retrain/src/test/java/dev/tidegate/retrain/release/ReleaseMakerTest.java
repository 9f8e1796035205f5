package dev.tidegate.retrain.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.drift.ScoreReference;
import dev.tidegate.retrain.train.ForestParameters;
import dev.tidegate.retrain.train.ForestTrainer;
import dev.tidegate.retrain.train.SampleRows;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.retrain.train.TrainedForest;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseMakerTest {
  private static final ReleaseSpec SPEC =
      new ReleaseSpec("card-0001", "card", "sample", "digest", 2.0);
  private static final TrainingSet SET = SampleRows.set(10_000, 5);
  private static final TrainingWindow WINDOW =
      TrainingWindow.of(
          TimeRange.within(null, null, SET.timeMs(0), SET.timeMs(SET.rows() - 1)),
          Duration.ZERO,
          null);

  @Test
  void shouldMakeAReleaseThatScoringLoads(@TempDir Path releases) throws IOException {
    Path folder = ReleaseMaker.make(SPEC, WINDOW, SET, trained()).writeInto(releases);
    assertThat(folder).isEqualTo(releases.resolve("card-0001"));
    LoadedRelease loaded = ReleaseStore.load(folder, "digest");
    Manifest manifest = loaded.manifest();
    assertThat(manifest.featureNames()).isEqualTo(SampleRows.NAMES);
    assertThat(manifest.training().rows()).isEqualTo(10_000);
    assertThat(manifest.training().positives()).isEqualTo(SET.positives());
    assertThat(manifest.training().labelDelay()).isEqualTo("PT0S");
    assertThat(manifest.golden().vectors()).hasSize(16);
    assertThat(manifest.golden().vectors().get(15)).isEqualTo(Collections.nCopies(4, Float.NaN));
    try (Model model = loaded.openModel()) {
      float[] scores = model.score(manifest.golden().rows());
      assertThat((double) scores[9]).isGreaterThan(scores[0] + 0.1);
    }
  }

  @Test
  void shouldKeepTheAlertsOfTheTailWithinTheBudget() {
    TrainedForest trained = trained();
    Manifest manifest = ReleaseMaker.make(SPEC, WINDOW, SET, trained).manifest();
    int alerts = 0;
    for (float score : trained.validationScores()) {
      alerts += score >= manifest.threshold() ? 1 : 0;
    }
    assertThat(alerts).isBetween(30, 40);
    assertThat(manifest.metrics())
        .containsEntry("validationRows", 2_000.0)
        .containsKeys("validationPrAuc", "validationRocAuc", "validationRecallAtBudget", "trees");
    assertThat(manifest.metrics().get("validationCalibrationError")).isLessThan(0.03);
    assertThat(manifest.metrics().get("validationMeanScore"))
        .isCloseTo(manifest.metrics().get("validationFraudRate"), within(0.02));
  }

  @Test
  void shouldGiveEachChannelAThresholdThatKeepsItWithinTheBudget() {
    TrainingSet.Builder builder = TrainingSet.builder(SampleRows.NAMES);
    for (int row = 0; row < SET.rows(); row++) {
      String channel = row % 20 == 0 ? "rare" : row % 2 == 0 ? "card" : "instant";
      builder.add("t-" + row, SET.timeMs(row), SET.vector(row), SET.fraud(row), channel);
    }
    TrainingSet set = builder.build();
    TrainedForest trained = trained();
    ReleaseSpec spec = new ReleaseSpec("card-0001", "card", "sample", "digest", 3.0, true);

    Manifest manifest = ReleaseMaker.make(spec, WINDOW, set, trained).manifest();

    assertThat(manifest.channelThresholds().keySet())
        .as("3 % of 100 rare payments are too few to choose by")
        .containsExactly("card", "instant");
    float[] scores = trained.validationScores();
    for (String channel : manifest.channelThresholds().keySet()) {
      int payments = 0;
      int alerts = 0;
      for (int i = 0; i < scores.length; i++) {
        if (channel.equals(set.channel(trained.validationFrom() + i))) {
          payments++;
          alerts += scores[i] >= manifest.thresholdOf(channel) ? 1 : 0;
        }
      }
      assertThat(100.0 * alerts / payments).as(channel).isBetween(2.5, 3.0);
    }
    assertThat(manifest.thresholdOf("rare")).isEqualTo(manifest.threshold());
    assertThat(ReleaseMaker.make(SPEC, WINDOW, set, trained).manifest().channelThresholds())
        .isEmpty();
  }

  @Test
  void shouldCarryTheReferenceOfTheTail() {
    ScoreReference reference =
        ScoreReference.of(ReleaseMaker.make(SPEC, WINDOW, SET, trained()).manifest());
    assertThat(reference.rows()).isEqualTo(2_000);
    assertThat(reference.counts().subList(0, 10)).allMatch(count -> count > 100 && count < 300);
    assertThat(reference.counts().get(10)).isZero();
  }

  /** Its reference would be taken for that of the scores. */
  @Test
  void shouldRefuseAFeatureNamedLikeTheScore() {
    List<String> names = List.of("amount", "score", "gap", "noise");
    TrainingSet.Builder builder = TrainingSet.builder(names);
    for (int row = 0; row < SET.rows(); row++) {
      builder.add("t-" + row, SET.timeMs(row), SET.vector(row), SET.fraud(row), null);
    }
    TrainingSet set = builder.build();
    TrainedForest trained = trained();
    assertThatThrownBy(() -> ReleaseMaker.make(SPEC, WINDOW, set, trained))
        .isInstanceOf(NotPublishable.class)
        .hasMessageContaining("a feature is named score");
  }

  @Test
  void shouldGiveTheSameBytesTwice(@TempDir Path releases) throws IOException {
    Path first = ReleaseMaker.make(SPEC, WINDOW, SET, trained()).writeInto(releases.resolve("a"));
    Path second = ReleaseMaker.make(SPEC, WINDOW, SET, trained()).writeInto(releases.resolve("b"));
    for (String file : new String[] {"manifest.json", "model.onnx"}) {
      assertThat(Files.readAllBytes(second.resolve(file)))
          .isEqualTo(Files.readAllBytes(first.resolve(file)));
    }
  }

  private static TrainedForest trained() {
    ForestParameters parameters =
        new ForestParameters(60, 15, 0.2, 4, 1, new ForestParameters.Shares(0.8, 0.8, 0.2));
    return new ForestTrainer(parameters, 1).train(SET, TrainingProgress.SILENT);
  }
}
