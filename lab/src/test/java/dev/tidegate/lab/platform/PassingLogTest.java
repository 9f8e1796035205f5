package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.Topics;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

final class PassingLogTest {
  private static Map<String, String> config(Topics topic, long bytes) {
    return PassingLog.bounds(bytes)
        .get(new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()))
        .stream()
        .map(AlterConfigOp::configEntry)
        .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
  }

  @Test
  void shouldBoundPassingTopicsAlone() {
    assertThat(PassingLog.bounds(1L << 32).keySet())
        .extracting(ConfigResource::name)
        .containsExactlyInAnyOrder("transactions", "features", "graph-signals", "aml-vectors");
  }

  /** A broker keeps what the bound says and the segment that is still open. */
  @Test
  void shouldKeepToTheBoundWithTheOpenSegments() {
    long bytes = 4096L << 20;
    long most = 0;
    for (Topics topic : Topics.values()) {
      if (topic.passing()) {
        Map<String, String> config = config(topic, bytes);
        long kept = Long.parseLong(config.get("retention.bytes"));
        long open = Long.parseLong(config.get("segment.bytes"));
        most += topic.partitions() * (kept + open);
      }
    }
    assertThat(most).isBetween(bytes * 99 / 100, bytes);
  }

  @Test
  void shouldTakeTheBoundAwayAgain() {
    assertThat(config(Topics.FEATURES, 0)).containsEntry("retention.bytes", "-1");
  }

  @Test
  void shouldAskForRoomForWhatIsUndecidedAndReadAgain() {
    long least = PassingLog.least(5_000, 2_000);

    assertThat(Long.parseLong(config(Topics.TRANSACTIONS, least).get("retention.bytes")))
        .isGreaterThanOrEqualTo((5_000 + 4 * 20_000) * 2_048L);
    assertThat(PassingLog.least(1_000_000, 2_000)).isGreaterThan(least);
    assertThat(PassingLog.least(5_000, 600_000)).isGreaterThan(least);
    assertThat(least).isLessThan(4096L << 20);
  }
}
