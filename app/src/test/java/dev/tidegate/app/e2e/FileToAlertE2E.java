package dev.tidegate.app.e2e;

import dev.tidegate.app.scenario.Database;
import dev.tidegate.app.scenario.FileToAlertScenario;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.FlinkOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link FileToAlertScenario} over Kafka, registry and PostgreSQL in containers; Flink, the scorer
 * and the console run in the test's own process.
 */
final class FileToAlertE2E {
  @TempDir private Path folder;

  @BeforeAll
  static void findEngine() {
    DockerEngine.required();
  }

  @Test
  void shouldDecideEachPaymentOnceThoughJobAndScorerAreKilled() throws Exception {
    try (ContainerPlatform platform = ContainerPlatform.start();
        EmbeddedFlink flink =
            EmbeddedFlink.start(folder.resolve("flink"), FlinkOptions.defaults())) {
      Servers servers = new Servers(platform.bootstrapServers(), platform.registryUrl(), flink);

      new FileToAlertScenario(servers, database(platform), folder).play();
    }
  }

  private static Database database(ContainerPlatform platform) {
    return new Database(platform.jdbcUrl(), platform.databaseUser(), platform.databasePassword());
  }
}
