package dev.tidegate.scoring.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TorchScriptModelTest {
  @Test
  void shouldTakeAFlatResultAsWellAsAColumn() {
    byte[] flat = new TorchScriptFixture().write("Tensor", "return torch.select(x, 1, 0)");
    try (TorchScriptModel model = TorchScriptModel.open(flat, 2, Device.CPU)) {
      assertThat(model.score(new float[] {0.25f, 9, 0.5f, 9})).containsExactly(0.25f, 0.5f);
    }
  }

  @Test
  void shouldKeepRowsApartBeyondOneRun() {
    float[] rows = new float[3 * TorchScriptModel.RUN + 5];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    try (TorchScriptModel model = TorchScriptModel.open(echo(), 1, Device.CPU)) {
      assertThat(model.score(rows)).isEqualTo(rows);
    }
  }

  @Test
  void shouldHandOnThatThereIsNoAnswer() {
    try (TorchScriptModel model = TorchScriptModel.open(echo(), 1, Device.CPU)) {
      assertThat(model.score(new float[] {Float.NaN, 0.5f})).containsExactly(Float.NaN, 0.5f);
    }
  }

  @Test
  void shouldRefuseBytesThatAreNoModel() {
    for (byte[] wrong :
        new byte[][] {
          {}, "not a zip".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(echo(), 200)
        }) {
      assertThatThrownBy(() -> TorchScriptModel.open(wrong, 1, Device.CPU))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("PyTorch cannot open the model: ")
          .matches(e -> e.getMessage().lines().count() == 1);
    }
  }

  @Test
  void shouldRefuseRowsOfAnotherWidthWhenItOpens() {
    byte[] three =
        new TorchScriptFixture()
            .tensor("w", new float[3], 1, 3)
            .write("Tensor", "return torch.sigmoid(torch.linear(x, self.w, None))");

    assertThatThrownBy(() -> TorchScriptModel.open(three, 4, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("PyTorch failed on rows of 4 features: ")
        .hasMessageContaining("32x4 and 3x1");
  }

  @Test
  void shouldRefuseResultsThatAreNotOneScoreARow() {
    assertThatThrownBy(() -> TorchScriptModel.open(echo(), 2, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "the model gives float32 (32, 2) for 32 rows, where one float32 score a row is due");
    byte[] pair = new TorchScriptFixture().write("Tuple[Tensor, Tensor]", "return (x, x)");
    assertThatThrownBy(() -> TorchScriptModel.open(pair, 1, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("and more");
  }

  @Test
  void shouldSayThatThereIsNoGpuForIt() {
    try (TorchScriptModel model = TorchScriptModel.open(echo(), 1, Device.CUDA)) {
      assertThat(model.device().gpu()).isFalse();
      assertThat(model.device().missing()).contains("CPU only");
    }
    assertThatThrownBy(() -> TorchScriptModel.open(echo(), 1, Device.CUDA_REQUIRED))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("device cuda-required");
  }

  @Test
  void shouldStartPyTorchWithOneThreadAndNoNetwork() {
    PyTorch.engine();

    assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    assertThat(JniUtils.getNumThreads()).isEqualTo(1);
  }

  private static byte[] echo() {
    return new TorchScriptFixture().write("Tensor", "return x");
  }
}
