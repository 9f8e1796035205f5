package dev.tidegate.scoring;

import static org.assertj.core.api.Assertions.assertThat;

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
}
