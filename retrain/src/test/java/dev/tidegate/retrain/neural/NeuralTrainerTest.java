package dev.tidegate.retrain.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.train.SampleRows;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NeuralTrainerTest {
  private static final NeuralParameters SHORT = new NeuralParameters(6, 2, 128, 3e-3, 0.2);
  private static final TrainingSet SEQUENCES = SampleRows.sequences(4_000, 5);

  @Test
  void shouldFindFraudThatOnlyTheSequenceShows() {
    TrainedNetwork trained = sequence(SEQUENCES, 1);

    RankingMetrics found = tail(trained, SEQUENCES);
    assertThat(found.averagePrecision()).isGreaterThan(0.8);
    assertThat(found.frauds()).isGreaterThan(20);
  }

  @Test
  void shouldFindOddRowsWithoutLabels() {
    TrainingSet set = SampleRows.odd(4_000, 6);
    TrainedNetwork trained = new NeuralTrainer(SHORT, 1).autoencoder(set, TrainingProgress.SILENT);

    assertThat(tail(trained, set).averagePrecision()).isGreaterThan(0.6);
    TrainingSet unlabelled = SampleRows.relabelled(set, 9);
    TrainedNetwork blind =
        new NeuralTrainer(SHORT, 1).autoencoder(unlabelled, TrainingProgress.SILENT);
    assertThat(blind.validationScores()).isEqualTo(trained.validationScores());
  }

  /** One pass, so that the search ends alike; the scale of errors is the training rows' alone. */
  @Test
  void shouldNotFitTheScaleOfErrorsToTheRowsThatMeasureIt() {
    NeuralParameters once = new NeuralParameters(1, 1, 128, 3e-3, 0.2);
    TrainingSet set = SampleRows.odd(1_500, 6);
    int since = 1_350;
    TrainedNetwork trained = new NeuralTrainer(once, 1).autoencoder(set, TrainingProgress.SILENT);
    TrainedNetwork other =
        new NeuralTrainer(once, 1)
            .autoencoder(SampleRows.scaledFrom(set, since, 50), TrainingProgress.SILENT);

    int same = since - trained.validationFrom();
    assertThat(same).isPositive();
    assertThat(other.validationFrom()).isEqualTo(trained.validationFrom());
    assertThat(Arrays.copyOf(other.validationScores(), same))
        .isEqualTo(Arrays.copyOf(trained.validationScores(), same));
    assertThat(other.validationScores()).isNotEqualTo(trained.validationScores());
  }

  @Test
  void shouldTakeValuesBeyondThoseOfTrainingAsTheNearestOfThem() {
    TrainingSet set = SampleRows.odd(1_500, 6);
    TrainedNetwork trained = new NeuralTrainer(SHORT, 1).autoencoder(set, TrainingProgress.SILENT);
    float largest = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < set.rows(); row++) {
      float value = set.vector(row)[0];
      largest = value > largest ? value : largest;
    }
    float[] widest = {largest, 0.5f, -0.25f, 1};
    float[] beyond = {1_000 * largest, 0.5f, -0.25f, 1};
    try (Model model = OnnxModel.open(trained.modelBytes())) {
      assertThat(model.score(beyond)[0]).isCloseTo(model.score(widest)[0], within(1e-6f));
      assertThat(trained.trainedScores(beyond)).isEqualTo(trained.trainedScores(widest));
    }
  }

  @Test
  void shouldTrainTheSameTwiceAndOtherwiseByAnotherSeed() {
    TrainingSet some = SampleRows.sequences(1_500, 8);
    byte[] first = sequence(some, 1).modelBytes();

    assertThat(sequence(some, 1).modelBytes()).isEqualTo(first);
    assertThat(sequence(some, 2).modelBytes()).isNotEqualTo(first);
  }

  @Test
  void shouldGiveARowTheSameBitsInAThousandRandomBatches() {
    TrainingSet odd = SampleRows.odd(1_500, 6);
    TrainedModel autoencoder =
        new NeuralTrainer(SHORT, 1).autoencoder(odd, TrainingProgress.SILENT);
    assertBatchMatesDoNotMatter(autoencoder, odd);
    assertBatchMatesDoNotMatter(sequence(SEQUENCES, 1), SEQUENCES);
  }

  /** As wide as what ships: kernels for many columns are other ones than those for few. */
  @Test
  void shouldGiveAWideRowTheSameBitsInAThousandRandomBatches() {
    TrainingSet wide = SampleRows.wide(900, 3);
    NeuralParameters once = new NeuralParameters(1, 1, 128, 1e-3, 0.2);
    assertBatchMatesDoNotMatter(
        new NeuralTrainer(once, 1).sequence(wide, TrainingProgress.SILENT), wide);
    TrainingSet alone = wide.featuresAlone();
    assertBatchMatesDoNotMatter(
        new NeuralTrainer(once, 1).autoencoder(alone, TrainingProgress.SILENT), alone);
  }

  @Test
  void shouldWriteAGraphThatScoresAsTheTrainedNetworkDoes() {
    TrainedNetwork trained = sequence(SEQUENCES, 1);
    float[] rows = SEQUENCES.matrix(0, 1_000);
    float[] due = trained.trainedScores(rows);
    try (Model model = OnnxModel.open(trained.modelBytes())) {
      float[] found = model.score(rows);
      for (int i = 0; i < due.length; i++) {
        assertThat(found[i]).isCloseTo(due[i], within(1e-5f));
      }
    }
  }

  private static TrainedNetwork sequence(TrainingSet set, long seed) {
    return new NeuralTrainer(SHORT, seed).sequence(set, TrainingProgress.SILENT);
  }

  private static RankingMetrics tail(TrainedModel trained, TrainingSet set) {
    float[] scores = trained.validationScores();
    double[] wide = new double[scores.length];
    BitSet frauds = new BitSet();
    for (int i = 0; i < wide.length; i++) {
      wide[i] = scores[i];
      frauds.set(i, set.fraud(trained.validationFrom() + i));
    }
    return RankingMetrics.of(wide, frauds);
  }

  private static void assertBatchMatesDoNotMatter(TrainedModel trained, TrainingSet set) {
    SplittableRandom random = new SplittableRandom(4);
    int width = set.width();
    float[] kept = set.vector(700);
    try (Model model = OnnxModel.open(trained.modelBytes())) {
      int due = Float.floatToIntBits(model.score(kept)[0]);
      for (int i = 0; i < 1_000; i++) {
        int count = 1 + random.nextInt(96);
        int from = random.nextInt(set.rows() - count);
        float[] batch = set.matrix(from, from + count);
        int place = random.nextInt(count);
        System.arraycopy(kept, 0, batch, place * width, width);
        assertThat(Float.floatToIntBits(model.score(batch)[place]))
            .as("%s, batch %d: place %d of %d", trained.figures(), i, place, count)
            .isEqualTo(due);
      }
      assertThat(model.score(nothing(width))[0]).isBetween(0f, 1f);
    }
  }

  private static float[] nothing(int width) {
    float[] row = new float[width];
    Arrays.fill(row, Float.NaN);
    return row;
  }
}
