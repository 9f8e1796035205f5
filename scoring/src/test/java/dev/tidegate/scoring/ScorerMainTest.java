package dev.tidegate.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScorerMainTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TIDEGATE_BOOTSTRAP_SERVERS",
          "127.0.0.1:1",
          "TIDEGATE_REGISTRY_URL",
          "http://127.0.0.1:1");

  @TempDir private Path empty;

  @Test
  void shouldExitWithTwoOnWrongUsage() throws InterruptedException {
    assertThat(ScorerMain.run(new String[0], ENVIRONMENT)).isEqualTo(2);
    assertThat(ScorerMain.run(new String[] {empty.toString()}, Map.of())).isEqualTo(2);
  }

  @Test
  void shouldExitWithTwoOnARefusedRelease() throws InterruptedException {
    assertThat(ScorerMain.run(new String[] {empty.toString()}, ENVIRONMENT)).isEqualTo(2);
  }

  @Test
  void shouldExitWithTwoOnADeviceThatIsNone() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("TIDEGATE_SCORING_DEVICE", "gpu");
    assertThat(ScorerMain.run(new String[] {empty.toString()}, environment)).isEqualTo(2);
  }

  @Test
  void shouldExitWithTwoWhereCudaIsRequiredAndMissing() throws Exception {
    byte[] onnx = OnnxFixtures.echo();
    try (OnnxModel model = OnnxModel.open(onnx, Device.CUDA)) {
      assumeFalse(model.device().gpu(), "this machine has CUDA");
    }
    Path release = ReleaseStore.write(empty, ReleaseFixtures.manifest(onnx, 1, 0.5), onnx);
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("TIDEGATE_SCORING_DEVICE", "cuda-required");
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(ScorerMain.run(new String[] {release.toString()}, environment)).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("device cuda-required, but CUDA cannot be used: ");
  }
}
