package dev.tidegate.lab.platform;

import dev.tidegate.schemas.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A bound in bytes for the topics of passing records ({@link Topics#passing}), shared evenly by
 * their partitions. A broker deletes whole segments that are closed, so a partition takes its
 * retention and up to one segment more: three quarters of its share and one. The AML lane's vectors
 * count where there is such a lane; where there is none, nobody reads them, and some mebibytes of
 * what was left stay beyond the bound.
 */
final class PassingLog {
  /** What a vector of the shipped features, its payment and a full sequence take, and some more. */
  private static final long BYTES_A_RECORD = 2 << 10;

  /** More payments a second than one process decides. */
  private static final long RECORDS_A_SECOND = 20_000;

  /** What a partition of a topic that nobody reads may keep. */
  private static final long UNUSED = 2 << 20;

  private PassingLog() {}

  /**
   * The least bound that loses nothing: each partition alone must hold all payments that are in
   * flight, and what the jobs read again after a kill, two checkpoints back.
   *
   * @param inFlight most payments that are sent and not yet decided
   * @param checkpointMillis from one checkpoint to the next
   * @param amlLane whether there is an AML lane
   */
  static long least(long inFlight, long checkpointMillis, boolean amlLane) {
    long again = 2 * checkpointMillis * RECORDS_A_SECOND / 1_000;
    return ((inFlight + again) * BYTES_A_RECORD * 4 / 3 + 1) * partitions(amlLane);
  }

  private static boolean used(Topics topic, boolean amlLane) {
    return topic.passing() && (amlLane || topic != Topics.AML_VECTORS);
  }

  private static int partitions(boolean amlLane) {
    return Arrays.stream(Topics.values())
        .filter(topic -> used(topic, amlLane))
        .mapToInt(Topics::partitions)
        .sum();
  }

  /** The changes that set the bound on each such topic, or take it away for 0. */
  static Map<ConfigResource, Collection<AlterConfigOp>> bounds(long bytes, boolean amlLane) {
    long share = bytes / partitions(amlLane);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (Topics topic : Topics.values()) {
      if (topic.passing()) {
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()),
            bytes == 0 ? unbounded() : bounded(used(topic, amlLane) ? share : UNUSED));
      }
    }
    return changes;
  }

  private static List<AlterConfigOp> bounded(long share) {
    return set(
        Map.of(
            TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(share - share / 4),
            TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(Math.max(1 << 20, share / 4)),
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "1000"));
  }

  private static List<AlterConfigOp> unbounded() {
    return set(Map.of(TopicConfig.RETENTION_BYTES_CONFIG, "-1"));
  }

  private static List<AlterConfigOp> set(Map<String, String> values) {
    List<AlterConfigOp> changes = new ArrayList<>();
    values.forEach(
        (key, value) ->
            changes.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
    return changes;
  }
}
