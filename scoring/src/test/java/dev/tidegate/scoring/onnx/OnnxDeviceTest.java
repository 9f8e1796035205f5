package dev.tidegate.scoring.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.ModelException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the device that is asked for; the jar that ships has no CUDA provider. */
final class OnnxDeviceTest {
  private static final byte[] ONNX = OnnxFixtures.echo();

  @Test
  void shouldScoreOnTheCpuAndSayWhyWhereCudaIsMissing() {
    try (OnnxModel model = OnnxModel.open(ONNX, Device.CUDA)) {
      assumeFalse(model.device().gpu(), "this machine has CUDA");
      assertThat(model.device().missing()).isNotBlank().doesNotContain("\n");
      assertThat(model.score(new float[] {0.5f})).containsExactly(0.5f);
    }
  }

  @Test
  void shouldRefuseToOpenWhereCudaIsRequiredAndMissing() {
    try (OnnxModel model = OnnxModel.open(ONNX, Device.CUDA)) {
      assumeFalse(model.device().gpu(), "this machine has CUDA");
    }
    assertThatThrownBy(() -> OnnxModel.open(ONNX, Device.CUDA_REQUIRED))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("device cuda-required, but CUDA cannot be used: ")
        .matches(e -> e.getMessage().lines().count() == 1);
  }

  @Test
  void shouldMissNothingWhereTheCpuIsAskedFor() {
    try (OnnxModel model = OnnxModel.open(ONNX)) {
      assertThat(model.device()).isEqualTo(DeviceUse.CPU);
    }
  }

  @Test
  void shouldPadToTheNextPowerOfTwo() {
    Batches padded = new Batches(1, OnnxModel.LARGEST_RUN, true);

    assertThat(IntStream.of(1, 2, 3, 4, 5, 9, 1000, 1024).map(padded::size))
        .containsExactly(1, 2, 4, 4, 8, 16, 1024, 1024);
    assertThat(new Batches(1, OnnxModel.LARGEST_RUN, false).size(1000)).isEqualTo(1000);
  }

  @Test
  void shouldKnowDevicesByName() {
    assertThat(Device.named("cuda-required")).isEqualTo(Device.CUDA_REQUIRED);
    assertThatThrownBy(() -> Device.named("gpu"))
        .hasMessage("device 'gpu' is none of cpu, cuda, cuda-required");
  }
}
