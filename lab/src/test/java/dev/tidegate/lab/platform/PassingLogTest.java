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
    return config(topic, bytes, true);
  }

  private static Map<String, String> config(Topics topic, long bytes, boolean lane) {
    return PassingLog.bounds(bytes, lane)
        .get(new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()))
        .stream()
        .map(AlterConfigOp::configEntry)
        .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
  }

  @Test
  void shouldBoundPassingTopicsAlone() {
    assertThat(PassingLog.bounds(1L << 32, true).keySet())
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
    long least = PassingLog.least(5_000, 2_000, true);

    assertThat(Long.parseLong(config(Topics.TRANSACTIONS, least).get("retention.bytes")))
        .isGreaterThanOrEqualTo((5_000 + 4 * 20_000) * 2_048L);
    assertThat(PassingLog.least(1_000_000, 2_000, true)).isGreaterThan(least);
    assertThat(PassingLog.least(5_000, 600_000, true)).isGreaterThan(least);
    assertThat(least).isLessThan(4096L << 20);
  }

  /** Nobody reads the lane's vectors where it is off, so the others have all the room. */
  @Test
  void shouldNotCountTheLanesVectorsWhereItIsOff() {
    long bytes = 4096L << 20;
    long share = Long.parseLong(config(Topics.FEATURES, bytes, false).get("retention.bytes"));
    assertThat(share).isEqualTo(bytes / 12 - bytes / 12 / 4);
    assertThat(share)
        .isGreaterThan(Long.parseLong(config(Topics.FEATURES, bytes).get("retention.bytes")));
    assertThat(Long.parseLong(config(Topics.AML_VECTORS, bytes, false).get("retention.bytes")))
        .isLessThan(2 << 20);
    assertThat(PassingLog.least(5_000, 2_000, false) * 4 / 3)
        .isEqualTo(PassingLog.least(5_000, 2_000, true));
  }

  /** The default bound with the default of payments in flight, at intervals people set. */
  @Test
  void shouldTakeIntervalsOfThreeSecondsAtTheDefaultBoundWithoutTheLane() {
    assertThat(PassingLog.least(5_000, 3_100, false)).isLessThan(4096L << 20);
    assertThat(PassingLog.least(5_000, 3_100, true)).isGreaterThan(4096L << 20);
  }
}
