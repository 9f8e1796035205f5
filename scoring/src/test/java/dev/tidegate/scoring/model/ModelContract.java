package dev.tidegate.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every backend of {@link Model} must keep. A backend extends this with a model of its own.
 */
public abstract class ModelContract {
  private static final int[] BATCHES = {2, 3, 7, 8, 9, 31, 64, 100, 255, 1000, 1024, 1025, 2500};

  private Model model;

  /** Opens one more instance of the same model. */
  protected abstract Model open();

  /** Rows with known scores, row-major. */
  protected abstract float[] goldenRows();

  /** Scores of the golden rows by another implementation. */
  protected abstract double[] goldenScores();

  @BeforeEach
  final void openModel() {
    model = open();
  }

  @AfterEach
  final void closeModel() {
    model.close();
  }

  @Test
  void shouldScoreGoldenVectors() {
    float[] scores = model.score(goldenRows());

    assertThat(scores).hasSameSizeAs(goldenScores());
    for (int i = 0; i < scores.length; i++) {
      assertThat((double) scores[i]).isCloseTo(goldenScores()[i], within(1e-6));
    }
  }

  @Test
  void shouldScoreTheSameAloneAndInABatchOfAnySize() {
    for (int batch : BATCHES) {
      float[] rows = rows(batch, batch);
      float[] together = model.score(rows);
      for (int i = 0; i < batch; i++) {
        float alone = model.score(row(rows, i))[0];
        assertThat(Float.floatToIntBits(together[i]))
            .as("row %d of %d: %s together, %s alone", i, batch, together[i], alone)
            .isEqualTo(Float.floatToIntBits(alone));
      }
    }
  }

  @Test
  void shouldNotLetBatchMatesMatter() {
    float[] rows = rows(40, 1);
    float[] before = model.score(rows);
    int width = model.width();
    float[] kept = Arrays.copyOfRange(rows, 20 * width, 21 * width);
    Arrays.fill(rows, Float.NaN);
    System.arraycopy(kept, 0, rows, 20 * width, width);

    assertThat(Float.floatToIntBits(model.score(rows)[20]))
        .isEqualTo(Float.floatToIntBits(before[20]));
  }

  @Test
  void shouldScoreARowAlikeInAThousandRandomBatches() {
    Random random = new Random(4);
    int width = model.width();
    float[] pool = rows(256, 5);
    float[] kept = row(pool, 0);
    int due = Float.floatToIntBits(model.score(kept)[0]);
    for (int i = 0; i < 1000; i++) {
      int count = 1 + random.nextInt(96);
      float[] batch = new float[count * width];
      for (int mate = 0; mate < count; mate++) {
        System.arraycopy(pool, random.nextInt(256) * width, batch, mate * width, width);
      }
      int place = random.nextInt(count);
      System.arraycopy(kept, 0, batch, place * width, width);

      assertThat(Float.floatToIntBits(model.score(batch)[place]))
          .as("batch %d: place %d of %d", i, place, count)
          .isEqualTo(due);
    }
  }

  @Test
  void shouldLeaveRowsAloneAndScoresBeyondTheCount() {
    float[] rows = rows(9, 6);
    float[] before = rows.clone();
    float[] scores = new float[9];
    Arrays.fill(scores, 7);
    model.score(rows, 8, scores);

    assertThat(rows).isEqualTo(before);
    assertThat(scores[8]).isEqualTo(7);
  }

  @Test
  void shouldGiveTheSameAnswerToMissingValuesEachTime() {
    float[] row = new float[model.width()];
    Arrays.fill(row, Float.NaN);
    float first = model.score(row)[0];

    assertThat(Float.isNaN(first) || (first >= 0 && first <= 1)).isTrue();
    assertThat(Float.floatToIntBits(model.score(row)[0])).isEqualTo(Float.floatToIntBits(first));
  }

  @Test
  void shouldScoreNothingForAnEmptyBatch() {
    assertThat(model.score(new float[0])).isEmpty();
  }

  @Test
  void shouldRefuseRowsOfAnotherWidth() {
    float[] tooShort = new float[model.width() * 3 - 1];

    assertThatThrownBy(() -> model.score(tooShort, 3, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    if (model.width() > 1) {
      assertThatThrownBy(() -> model.score(tooShort)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseAnArrayTooShortForTheScores() {
    assertThatThrownBy(() -> model.score(new float[model.width() * 3], 3, new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldScoreAlikeInTwoThreadsWithAnInstanceEach() {
    float[] rows = rows(500, 2);
    float[] due = model.score(rows);
    CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> sameAgain(rows, due));
    CompletableFuture<Boolean> two = CompletableFuture.supplyAsync(() -> sameAgain(rows, due));

    assertThat(one.join() && two.join()).isTrue();
  }

  @Test
  void shouldCloseTwiceAndScoreNoMore() {
    model.close();

    assertThatCode(model::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> model.score(new float[model.width()]))
        .isInstanceOf(IllegalStateException.class);
  }

  private boolean sameAgain(float[] rows, float[] due) {
    try (Model own = open()) {
      boolean same = true;
      for (int i = 0; i < 50; i++) {
        same &= Arrays.equals(own.score(rows), due);
      }
      return same;
    }
  }

  /** Rows of about N(0, 4) with one value in ten missing. */
  private float[] rows(int count, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[count * model.width()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(10) == 0 ? Float.NaN : (float) (2 * random.nextGaussian());
    }
    return rows;
  }

  private float[] row(float[] rows, int index) {
    return Arrays.copyOfRange(rows, index * model.width(), (index + 1) * model.width());
  }
}
