package dev.tidegate.app.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.Home;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What serves the release that ships: trees, though its file is ONNX. */
final class ShippedReleaseTest {
  /** Trees, and networks to try beside them: each is over the catalogue that ships. */
  @Test
  void shouldShipReleasesThatCanAllServe() throws IOException {
    try (Stream<Path> folders = Files.list(Home.path("config", "releases"))) {
      List<Path> all = folders.toList();
      assertThat(all)
          .extracting(folder -> folder.getFileName().toString())
          .containsExactlyInAnyOrder(
              "payments-sim-0004", "payments-sim-sequence-0001", "payments-sim-autoencoder-0001");
      for (Path folder : all) {
        assertThat(Releases.load(folder).release().manifest().release())
            .isEqualTo(folder.getFileName().toString());
      }
    }
  }

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
