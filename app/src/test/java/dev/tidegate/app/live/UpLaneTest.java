package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.Home;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.ChildCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release that cannot serve the AML lane is refused before anything starts. */
final class UpLaneTest {
  @TempDir private Path folder;

  @Test
  void shouldRefuseAPaymentsReleaseForTheAmlLane() throws Exception {
    assertThat(refused(Home.path("config", "releases", Releases.SHIPPED).toString()))
        .anyMatch(line -> line.contains(Releases.SHIPPED))
        .noneMatch(line -> line.contains("broker"));
  }

  @Test
  void shouldRefuseAFolderThatIsNotThere() throws Exception {
    assertThat(refused("nowhere"))
        .anyMatch(line -> line.contains("there is no model folder nowhere"))
        .noneMatch(line -> line.contains("broker"));
  }

  private List<String> refused(String amlRelease) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("lane.yaml"), "scoring: {aml-release: '" + amlRelease + "'}");
    try (ChildCommand up =
        ChildCommand.start(
            Map.of(),
            "up",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString(),
            "--config",
            config.toString())) {
      assertThat(up.awaitEnd()).isEqualTo(2);
      return up.err();
    }
  }
}
