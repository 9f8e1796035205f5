package dev.tidegate.scoring.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.scoring.model.ModelException;
import org.junit.jupiter.api.Test;

final class OnnxModelTest {
  @Test
  void shouldKnowItsWidth() {
    try (OnnxModel model = OnnxModel.open(OnnxFixtures.forest(5, 3, 1))) {
      assertThat(model.width()).isEqualTo(5);
    }
  }

  @Test
  void shouldKeepRowsApartBeyondTheLargestRun() {
    float[] rows = new float[2 * OnnxModel.LARGEST_RUN + 5];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    try (OnnxModel model = OnnxModel.open(OnnxFixtures.echo())) {
      assertThat(model.score(rows)).isEqualTo(rows);
    }
  }

  @Test
  void shouldLeaveScoresBeyondTheCountAlone() {
    float[] scores = {7, 7, 7};
    try (OnnxModel model = OnnxModel.open(OnnxFixtures.echo())) {
      model.score(new float[] {1, 2, 3}, 2, scores);
    }
    assertThat(scores).containsExactly(1, 2, 7);
  }

  @Test
  void shouldRefuseBytesThatAreNoModel() {
    assertThatThrownBy(() -> OnnxModel.open(new byte[] {1, 2, 3}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot open");
  }

  @Test
  void shouldRefuseAModelWithAnotherOutput() {
    assertThatThrownBy(() -> OnnxModel.open(OnnxFixtures.misnamed()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[probability] where only score is due");
  }
}
