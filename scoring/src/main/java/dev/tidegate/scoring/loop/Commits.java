package dev.tidegate.scoring.loop;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets of what is written, and of nothing else: what was read ahead is not committed. Not thread
 * safe.
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>();

  Commits(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Notes and commits a batch that is acknowledged. Does not wait; a later commit covers one that
   * fails, as all do while a group rebalances.
   */
  void soon(Map<TopicPartition, OffsetAndMetadata> next) {
    written.putAll(next);
    consumer.commitAsync(
        next,
        (offsets, e) -> {
          if (e != null) {
            LOG.debug("a commit is left to the next one: {}", e.getMessage());
          }
        });
  }

  /**
   * Commits all that is written. A commit that does not come through costs only that vectors are
   * read again and skipped.
   */
  void now() {
    try {
      consumer.commitSync(Map.copyOf(written));
    } catch (KafkaException e) {
      LOG.warn("offsets were not committed, vectors will be read again: {}", e.getMessage());
    }
  }

  /** Records queued behind what was read of the assigned partitions. */
  long lag() {
    return consumer.assignment().stream()
        .map(consumer::currentLag)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .sum();
  }

  /** Leaves partitions to whoever has them next. */
  void forget(Collection<TopicPartition> partitions) {
    written.keySet().removeAll(partitions);
  }
}
