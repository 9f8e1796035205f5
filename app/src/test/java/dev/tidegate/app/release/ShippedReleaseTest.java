package dev.tidegate.app.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import org.junit.jupiter.api.Test;

/** What serves the release that ships: trees, though its file is ONNX. */
final class ShippedReleaseTest {
  @Test
  void shouldBeServedByTheForest() {
    try (Model model = Releases.load(null).release().openModel()) {
      assertThat(model).isInstanceOf(ForestModel.class);
      assertThat(model.device().missing()).isNull();
    }
  }

  @Test
  void shouldGoToAGpuOrSayWhyNot() {
    try (Model model = Releases.load(null, Device.CUDA).release().openModel()) {
      assertThat(model.device().gpu()).isEqualTo(model.device().missing() == null);
      assertThat(model instanceof ForestModel).isEqualTo(!model.device().gpu());
    }
  }
}
