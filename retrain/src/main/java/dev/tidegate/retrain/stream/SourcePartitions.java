package dev.tidegate.retrain.stream;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How many partitions topics have at a broker. The catalogue says how many they are made with; an
 * environment may have more, and a monitor that counts on fewer waits for too few of them, or sends
 * what belongs together to different tasks.
 */
public final class SourcePartitions {
  private static final long PATIENCE_SECONDS = 30;

  private final Map<Topics, Integer> counts;

  private SourcePartitions(Map<Topics, Integer> counts) {
    this.counts = Map.copyOf(counts);
  }

  /**
   * Asks a broker.
   *
   * @param bootstrap brokers, host:port with commas between
   * @throws IllegalStateException if a topic is not there, or the broker does not answer in time
   */
  public static SourcePartitions at(String bootstrap, Topics... topics) {
    Set<String> names = Arrays.stream(topics).map(Topics::topic).collect(Collectors.toSet());
    Map<String, Object> client =
        ClientAccess.with(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    try (Admin admin = Admin.create(client)) {
      var described =
          admin.describeTopics(names).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Map<Topics, Integer> counts = new HashMap<>();
      for (Topics topic : topics) {
        counts.put(
            topic,
            Objects.requireNonNull(described.get(topic.topic()), topic.topic())
                .partitions()
                .size());
      }
      return new SourcePartitions(counts);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "partitions of " + names + " at " + bootstrap + " are not known: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while partitions were asked for", e);
    }
  }

  /**
   * Partitions of a topic that was asked for.
   *
   * @throws IllegalArgumentException if it was not
   */
  public int of(Topics topic) {
    Integer count = counts.get(topic);
    if (count == null) {
      throw new IllegalArgumentException(topic.topic() + " was not asked for");
    }
    return count;
  }

  /**
   * Partitions of two topics whose records of a key must meet in one task.
   *
   * @throws IllegalStateException if they have different numbers, with both
   */
  public int same(Topics one, Topics other) {
    if (of(one) != of(other)) {
      throw new IllegalStateException(
          "["
              + one.topic()
              + "] has "
              + of(one)
              + " partitions and ["
              + other.topic()
              + "] "
              + of(other)
              + ": a payment would not meet its label; give both the same number");
    }
    return of(one);
  }
}
