package dev.tidegate.console.control;

import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import dev.tidegate.console.log.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A topic whose events are kept in memory: each console reads it anew, since the topic itself keeps
 * what counts. A fault of the log does not begin it anew; a topic made anew under the old name
 * does, so that nothing of the old one stays. Thread safe.
 *
 * @param <T> kind of the topic's events
 */
public final class ControlLog<T> implements LogStore<T> {
  private final Consumer<T> taker;
  private final Runnable forget;
  private final Map<Integer, Long> next = new HashMap<>();
  private String topic = "";

  /**
   * A log that nothing was read of.
   *
   * @param taker takes each event, in the order of its partition
   * @param forget drops all events that were taken
   */
  public ControlLog(Consumer<T> taker, Runnable forget) {
    this.taker = taker;
    this.forget = forget;
  }

  @Override
  public synchronized Map<Integer, Long> positions(String topicId) {
    if (!topic.equals(topicId)) {
      forget.run();
      next.clear();
      topic = topicId;
    }
    return Map.copyOf(next);
  }

  @Override
  public synchronized int accept(LogBatch<T> batch) {
    batch.events().forEach(taker);
    for (Position position : batch.positions()) {
      next.put(position.partition(), position.next());
    }
    return batch.events().size();
  }
}
