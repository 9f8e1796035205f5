package dev.tidegate.app.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is there, away, and there again. */
@Timeout(240)
final class BrokerProbeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private Path folder;

  @Test
  void shouldTellWhetherTheBrokerIsThere() {
    EmbeddedKafka kafka = EmbeddedKafka.start(folder);
    String servers = kafka.bootstrapServers();
    try (BrokerProbe probe = BrokerProbe.start(servers, Duration.ofMillis(100))) {
      await("an answer").atMost(PATIENCE).until(probe::answered);
      kafka.close();
      await("no answer").atMost(PATIENCE).until(() -> !probe.answered());
      int port = Integer.parseInt(servers.substring(servers.lastIndexOf(':') + 1));
      try (EmbeddedKafka again = EmbeddedKafka.start(folder, port)) {
        assertThat(again.bootstrapServers()).isEqualTo(servers);
        await("an answer again").atMost(PATIENCE).until(probe::answered);
      }
    }
  }

  @Test
  void shouldSayNothingGoodBeforeTheFirstAnswer() {
    try (BrokerProbe probe = BrokerProbe.start("127.0.0.1:1", Duration.ofMillis(100))) {
      assertThat(probe.answered()).isFalse();
    }
  }
}
