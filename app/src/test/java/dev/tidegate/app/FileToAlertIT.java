package dev.tidegate.app;

import dev.tidegate.app.scenario.Database;
import dev.tidegate.app.scenario.FileToAlertScenario;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link FileToAlertScenario} over the embedded broker, registry, Flink and PostgreSQL. */
final class FileToAlertIT {
  @TempDir private Path folder;

  @Test
  void shouldDecideEachPaymentOnceThoughJobAndScorerAreKilled() throws Exception {
    PlatformOptions options = PlatformOptions.at(folder.resolve("data"));
    try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {})) {
      Servers servers =
          new Servers(platform.bootstrapServers(), platform.registryUrl(), platform.flink());
      Database database = new Database(platform.database().jdbcUrl(), "postgres", "");

      new FileToAlertScenario(servers, database, folder).play();
    }
  }
}
