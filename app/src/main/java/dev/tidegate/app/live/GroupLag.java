package dev.tidegate.app.live;

import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.scoring.release.ScoringLane;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many vectors of a lane its scorers have not scored, by what they committed, whether or not
 * one runs. Asks the broker twice a second on a thread of its own; where it does not answer, the
 * last number stands. Thread safe.
 */
final class GroupLag implements LongSupplier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupLag.class);
  private static final long EVERY_MILLIS = 500;
  private static final long LIMIT_SECONDS = 5;

  private final Admin admin;
  private final ScoringLane lane;
  private final ScheduledExecutorService clock;
  private volatile long records;

  /** Whether the broker answered last. */
  private boolean answered = true;

  private GroupLag(Admin admin, ScoringLane lane) {
    this.admin = admin;
    this.lane = lane;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lag-" + lane.group());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Of a lane on a broker; asks at once, and from then on by itself. */
  static GroupLag of(String bootstrapServers, ScoringLane lane) {
    GroupLag lag =
        new GroupLag(
            Admin.create(ClientAccess.with(Map.of("bootstrap.servers", bootstrapServers))), lane);
    lag.look();
    var unused =
        lag.clock.scheduleWithFixedDelay(
            lag::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return lag;
  }

  @Override
  public long getAsLong() {
    return records;
  }

  /** Asks the broker; says once that it is away, and once that it is back. */
  synchronized void look() {
    try {
      records = ask();
      if (!answered) {
        LOG.info("the lag of {} is known again", lane.group());
      }
      answered = true;
    } catch (ExecutionException | TimeoutException e) {
      if (answered) {
        LOG.warn("the lag of {} is not known until the broker answers: {}", lane.group(), why(e));
      }
      answered = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String why(Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private long ask() throws ExecutionException, InterruptedException, TimeoutException {
    List<TopicPartition> partitions = partitions();
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(lane.group())
            .partitionsToOffsetAndMetadata()
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
    long behind = 0;
    for (var end : offsets(partitions, OffsetSpec.latest()).entrySet()) {
      OffsetAndMetadata position = committed.get(end.getKey());
      ListOffsetsResultInfo begin = begins.get(end.getKey());
      long next = position != null ? position.offset() : begin == null ? 0 : begin.offset();
      behind += Math.max(0, end.getValue().offset() - next);
    }
    return behind;
  }

  private List<TopicPartition> partitions()
      throws ExecutionException, InterruptedException, TimeoutException {
    String topic = lane.vectors().topic();
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
        .values()
        .stream()
        .flatMap(described -> described.partitions().stream())
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    return admin.listOffsets(asked).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    admin.close(Duration.ofSeconds(1));
  }
}
