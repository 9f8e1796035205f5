package dev.tidegate.retrain.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.neural.NeuralParameters;
import dev.tidegate.retrain.neural.NeuralTrainer;
import dev.tidegate.retrain.release.MadeRelease;
import dev.tidegate.retrain.release.ReleaseMaker;
import dev.tidegate.retrain.release.ReleaseSpec;
import dev.tidegate.retrain.train.ForestParameters;
import dev.tidegate.retrain.train.ForestTrainer;
import dev.tidegate.retrain.train.NotTrainable;
import dev.tidegate.retrain.train.SampleRows;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnsembleFitterTest {
  private static final TrainingSet SET = SampleRows.sequences(6_000, 11);

  @Test
  void shouldWeighTheModelThatKnowsAndNotTheOneThatGuesses() {
    TrainedEnsemble fitted = EnsembleFitter.fit(SET, List.of(forest(), sequence()));

    double knows = fitted.figures().get("sequence.validationPrAuc");
    assertThat(knows).isGreaterThan(fitted.figures().get("forest.validationPrAuc") + 0.3);
    assertThat(fitted.figures().get("sequence.weight"))
        .isGreaterThan(2 * fitted.figures().get("forest.weight"));
    double[] scores = new double[fitted.validationScores().length];
    BitSet frauds = new BitSet();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = fitted.validationScores()[i];
      frauds.set(i, SET.fraud(fitted.validationFrom() + i));
    }
    assertThat(RankingMetrics.of(scores, frauds).averagePrecision()).isCloseTo(knows, within(0.05));
  }

  @Test
  void shouldFitOnTheOlderHalfOfTheTailAndMeasureOnTheNewer() {
    TrainedModel sequence = sequence().model();
    TrainedEnsemble fitted = EnsembleFitter.fit(SET, List.of(forest(), sequence()));

    assertThat(fitted.validationFrom())
        .isEqualTo(sequence.validationFrom() + (SET.rows() - sequence.validationFrom()) / 2);
    assertThat(fitted.validationScores()).hasSize(SET.rows() - fitted.validationFrom());
  }

  @Test
  void shouldMakeAReleaseThatScoringLoads(@TempDir Path releases) throws IOException {
    TrainedEnsemble fitted = EnsembleFitter.fit(SET, List.of(forest(), sequence()));
    TrainingWindow window =
        TrainingWindow.of(
            TimeRange.within(null, null, SET.timeMs(0), SET.timeMs(SET.rows() - 1)),
            Duration.ZERO,
            null);
    MadeRelease made =
        ReleaseMaker.make(
            new ReleaseSpec("both-0001", "both", "sample", "digest", 2.0), window, SET, fitted);
    LoadedRelease loaded = ReleaseStore.load(made.writeInto(releases), "digest");

    assertThat(loaded.manifest().layout().width()).isEqualTo(16);
    assertThat(loaded.manifest().width()).isEqualTo(4);
    assertThat(loaded.manifest().metrics().get("parityRows")).isGreaterThan(10_000.0);
    assertThat(loaded.manifest().metrics().get("parityLargestDistance")).isLessThan(1e-5);
  }

  @Test
  void shouldCalibrateOneModelAlone() {
    TrainedEnsemble fitted = EnsembleFitter.fit(SET, List.of(sequence()));

    assertThat(fitted.figures().get("sequence.weight")).isEqualTo(1.0);
    assertThat(fitted.validationScores()).isNotEqualTo(sequence().model().validationScores());
  }

  @Test
  void shouldRefuseATailWithoutFraudsToFit() {
    TrainingSet.Builder builder = TrainingSet.builder(SampleRows.NAMES);
    for (int i = 0; i < 2_000; i++) {
      boolean fraud = i < 1_000 ? i % 50 == 0 : i > 1_990;
      builder.add("t" + i, i, new float[] {fraud ? 1 : 0, i % 7, 0, 0}, fraud);
    }
    TrainingSet set = builder.build();
    TrainedEnsemble.Part forest = forest(set);

    assertThatThrownBy(() -> EnsembleFitter.fit(set, List.of(forest)))
        .isInstanceOf(NotTrainable.class)
        .hasMessageContaining("too few to fit a blend");
  }

  private static TrainedEnsemble.Part forest() {
    return forest(SET);
  }

  private static TrainedEnsemble.Part forest(TrainingSet set) {
    ForestParameters parameters =
        new ForestParameters(30, 10, 0.2, 3, 1, new ForestParameters.Shares(0.8, 0.8, 0.2));
    TrainedModel model = new ForestTrainer(parameters, 1).train(set, TrainingProgress.SILENT);
    return new TrainedEnsemble.Part("forest", model, set.features());
  }

  private static TrainedEnsemble.Part sequence() {
    TrainedModel model =
        new NeuralTrainer(new NeuralParameters(6, 2, 128, 3e-3, 0.2), 1)
            .sequence(SET, TrainingProgress.SILENT);
    return new TrainedEnsemble.Part("sequence", model, SET.width());
  }
}
