package dev.tidegate.retrain.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.retrain.train.SampleRows;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that scores otherwise on one row of any kind is refused with where and by how much. */
final class ParityTest {
  private static final TrainingSet SET = SampleRows.set(3_000, 2);
  private static final float THRESHOLD = 123.5f;

  @Test
  void shouldCompareTenThousandRowsThresholdsAndNothingKnown() {
    Parity found = Parity.of(new Trained(), served(score -> score + 5e-6f, row -> true), SET);

    assertThat(found.rows()).isEqualTo(Parity.ROWS + 3 + 1);
    assertThat(found.largest()).isBetween(4.9e-6, 5.2e-6);
  }

  @Test
  void shouldRefuseAFileThatScoresOneKindOfRowOtherwise() {
    assertRefused(row -> row[0] > 2 && row[0] < 100, "row of the training set");
    assertRefused(row -> row[0] == Math.nextUp(THRESHOLD), "row on a threshold");
  }

  /** It comes alone; among the others' rows with holes some may know nothing too. */
  @Test
  void shouldRefuseAFileThatScoresTheRowWithNothingKnownOtherwise() {
    Model served = served(score -> score + 2e-5f, row -> true);
    Model exact = served(score -> score, row -> false);
    Model onNothing =
        new Model() {
          @Override
          public int width() {
            return SET.width();
          }

          @Override
          public void score(float[] rows, int count, float[] scores) {
            (count == 1 ? served : exact).score(rows, count, scores);
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> Parity.of(new Trained(), onNothing, SET))
        .isInstanceOf(NotPublishable.class)
        .hasMessageContaining("scores a row with nothing known 0.50002");
  }

  @Test
  void shouldRefuseAnAnswerThatIsNoNumberAndRowsOfAnotherWidth() {
    assertThatThrownBy(() -> Parity.of(new Trained(), served(score -> Float.NaN, row -> true), SET))
        .isInstanceOf(NotPublishable.class)
        .hasMessageContaining("scores a row of the training set NaN");
    Model wide = new Served(5, row -> false, UnaryOperator.identity());
    assertThatThrownBy(() -> Parity.of(new Trained(), wide, SET))
        .isInstanceOf(NotPublishable.class)
        .hasMessageContaining("takes 5 values a row where the training set has 4");
  }

  private static void assertRefused(Rows which, String where) {
    assertThatThrownBy(() -> Parity.of(new Trained(), served(score -> score + 2e-5f, which), SET))
        .isInstanceOf(NotPublishable.class)
        .hasMessageContaining(where)
        .hasMessageContaining("more than 1.0E-5 apart");
  }

  private static Model served(UnaryOperator<Float> otherwise, Rows which) {
    return new Served(SET.width(), which, otherwise);
  }

  private interface Rows {
    boolean has(float[] row);
  }

  private static float plain(float[] row) {
    return Float.isNaN(row[0]) ? 0.5f : row[0] / (1 + row[0]);
  }

  /** Scores as trained, but for some rows. */
  private record Served(int width, Rows which, UnaryOperator<Float> otherwise) implements Model {
    @Override
    public void score(float[] rows, int count, float[] scores) {
      for (int i = 0; i < count; i++) {
        float[] row = Arrays.copyOfRange(rows, i * width, (i + 1) * width);
        scores[i] = which.has(row) ? otherwise.apply(plain(row)) : plain(row);
      }
    }

    @Override
    public void close() {}
  }

  /** A model with one threshold. */
  private static final class Trained implements TrainedModel {
    @Override
    public String modelFile() {
      return "model.onnx";
    }

    @Override
    public byte[] modelBytes() {
      return new byte[0];
    }

    @Override
    public float[] trainedScores(float[] rows) {
      float[] scores = new float[rows.length / 4];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = plain(Arrays.copyOfRange(rows, 4 * i, 4 * i + 4));
      }
      return scores;
    }

    @Override
    public List<float[]> onThresholds(float[] row, int most) {
      return Stream.of(THRESHOLD, Math.nextUp(THRESHOLD), Math.nextDown(THRESHOLD))
          .map(value -> new float[] {value, row[1], row[2], row[3]})
          .toList();
    }

    @Override
    public int validationFrom() {
      return 0;
    }

    @Override
    public float[] validationScores() {
      return new float[0];
    }

    @Override
    public long seed() {
      return 0;
    }

    @Override
    public Map<String, Double> figures() {
      return Map.of();
    }
  }
}
