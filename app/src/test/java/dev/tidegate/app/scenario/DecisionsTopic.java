package dev.tidegate.app.scenario;

import dev.tidegate.schemas.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How many decisions stand on their topic, asked from outside. A scorer's own count falls behind
 * for good when it is killed after Kafka took a decision and before it learnt so. Thread safe.
 */
final class DecisionsTopic implements AutoCloseable {
  private static final int ANSWER_LIMIT_SECONDS = 60;
  private static final Map<TopicPartition, OffsetSpec> ENDS =
      IntStream.range(0, Topics.DECISIONS.partitions())
          .mapToObj(partition -> new TopicPartition(Topics.DECISIONS.topic(), partition))
          .collect(
              Collectors.toUnmodifiableMap(partition -> partition, end -> OffsetSpec.latest()));

  private final Admin admin;

  DecisionsTopic(String bootstrapServers) {
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /**
   * Records on the topic since it was made; a doubled decision counts twice.
   *
   * @throws IllegalStateException if the broker does not answer within a minute
   */
  long records() {
    try {
      return admin
          .listOffsets(ENDS)
          .all()
          .get(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS)
          .values()
          .stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("ends of [decisions] are not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for the ends of [decisions]", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
