package dev.tidegate.console.log;

import java.util.Map;

/**
 * Keeps a topic's events together with where reading goes on, in one transaction. Thread safe. Each
 * method throws {@code StoreException} if the database failed; nothing of the call took effect
 * then.
 *
 * @param <T> kind of the topic's events
 */
public interface LogStore<T> {
  /** Longest id of an event taken, in characters; the platform's own have 32. */
  int LONGEST_ID = 200;

  /**
   * Where to go on reading a topic.
   *
   * @param topicId Kafka's own id of the topic
   * @return next offset by partition; a partition never read is absent
   */
  Map<Integer, Long> positions(String topicId);

  /**
   * Stores a batch.
   *
   * @return how many of its events changed what is stored
   */
  int accept(LogBatch<T> batch);
}
