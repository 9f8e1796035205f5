package dev.tidegate.lab.audit;

import dev.tidegate.schemas.Topics;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What stands on the topics. */
public interface TopicLog {
  /**
   * Hands over every event that stands on a topic at the call, oldest first within a partition.
   * Records without a value (heartbeats, tombstones) are left out.
   *
   * @throws IllegalArgumentException if the topic does not carry that event, or a value is
   *     unreadable
   */
  <T extends SpecificRecord> void read(Topics topic, Class<T> type, Consumer<T> reader);
}
