package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.decide.Vectors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What makes a batch, by a clock that stands until it is moved. */
final class VectorQueueTest {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration WINDOW = Duration.ofMillis(20);

  /** When every payment of these tests came through the door. */
  private static final Instant DOOR =
      Instant.ofEpochMilli(Vectors.of("t", 1f).getTransaction().getIngestedAtMs());

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<FeatureVector> codec =
      EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
  private final ManualClock clock = new ManualClock(DOOR);
  private final List<Long> waited = new ArrayList<>();
  private long offset;

  @Test
  void shouldWaitForNothingWithoutAWindow() {
    VectorQueue queue = queue(4, Duration.ZERO);
    assertThat(queue.due()).isFalse();
    assertThat(queue.patience(POLL)).isEqualTo(POLL);

    queue.add(records(0, 1));

    assertThat(queue.due()).isTrue();
    assertThat(queue.patience(POLL)).isZero();
  }

  @Test
  void shouldWaitForMoreOnlyUntilTheOldestRowsDeadline() {
    VectorQueue queue = queue(4, WINDOW);
    queue.add(records(0, 1));
    assertThat(queue.due()).isFalse();
    assertThat(queue.patience(POLL)).isEqualTo(WINDOW);

    clock.advance(Duration.ofMillis(15));
    queue.add(records(1, 1));
    assertThat(queue.due()).isFalse();
    assertThat(queue.patience(POLL)).isEqualTo(Duration.ofMillis(5));
    assertThat(queue.patience(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));

    clock.advance(Duration.ofMillis(5));
    assertThat(queue.due()).isTrue();
    assertThat(queue.take(id -> true, waited::add).vectors()).hasSize(2);
    assertThat(queue.due()).isFalse();
  }

  @Test
  void shouldNotWaitOnceABatchIsFull() {
    VectorQueue queue = queue(4, WINDOW);
    queue.add(records(0, 3));
    assertThat(queue.due()).isFalse();
    queue.add(records(0, 3));
    assertThat(queue.hasRoom()).isFalse();
    assertThat(queue.due()).isTrue();

    Intake full = queue.take(id -> true, waited::add);

    assertThat(full.records()).isEqualTo(4);
    assertThat(full.next()).isEqualTo(Map.of(partition(0), new OffsetAndMetadata(4)));
    assertThat(queue.due()).as("two are left, and within the window").isFalse();
    assertThat(queue.hasRoom()).isTrue();
  }

  @Test
  void shouldNotHoldAPaymentThatIsLateAlready() {
    VectorQueue queue = queue(4, WINDOW);
    clock.advance(Duration.ofSeconds(3));

    queue.add(records(0, 1));

    assertThat(queue.due()).isTrue();
    assertThat(queue.patience(POLL)).isZero();
  }

  @Test
  void shouldTakeInOrderCountTheRestAndSayWhatToCommit() {
    VectorQueue queue = queue(10, Duration.ZERO);
    queue.add(records(0, 2));
    queue.add(records(1, 1));
    queue.add(of(1, new byte[] {1, 2}));

    List<String> claimed = new ArrayList<>();
    Intake intake = queue.take(id -> claimed.add(id.hex()) && claimed.size() != 2, waited::add);

    assertThat(intake.vectors())
        .extracting(vector -> vector.getTransaction().getTransactionId())
        .containsExactly("t-0", "t-2");
    assertThat(List.of(intake.records(), intake.duplicates(), intake.undecodable()))
        .containsExactly(4, 1, 1);
    assertThat(intake.next())
        .isEqualTo(
            Map.of(partition(0), new OffsetAndMetadata(2), partition(1), new OffsetAndMetadata(4)));
  }

  @Test
  void shouldTellHowLongEachRecordWasQueued() {
    VectorQueue queue = queue(10, Duration.ZERO);
    long now = clock.millis();

    queue.add(appended(now - 30, now - 70, now + 5));
    queue.take(id -> true, waited::add);

    assertThat(waited).as("a clock ahead is no waiting").containsExactly(30L, 70L, 0L);
  }

  /** A vector that is made again is new on the topic, and its payment may be decided for long. */
  @Test
  void shouldSayFromWhenOnItsPaymentsMayHaveBeenDecided() {
    VectorQueue queue = queue(10, Duration.ZERO);
    assertThat(queue.oldestMs()).isEqualTo(Long.MAX_VALUE);

    queue.add(appended(DOOR.toEpochMilli() + 5_000));
    assertThat(queue.oldestMs()).as("the door, not the append").isEqualTo(DOOR.toEpochMilli());

    queue.add(appended(DOOR.toEpochMilli() - 9));
    assertThat(queue.oldestMs()).isEqualTo(DOOR.toEpochMilli() - 9);
  }

  @Test
  void shouldForgetWhatIsAnotherScorersBusiness() {
    VectorQueue queue = queue(10, WINDOW);
    queue.add(records(0, 2));
    queue.add(records(1, 3));

    queue.forget(List.of(partition(0)));

    assertThat(queue.size()).isEqualTo(3);
    clock.advance(WINDOW);
    assertThat(queue.take(id -> true, waited::add).next()).containsOnlyKeys(partition(1));
  }

  private VectorQueue queue(int rows, Duration window) {
    return new VectorQueue(
        new VectorReader(ScoringSettings.at("none:1", registry)),
        new ScoringSettings.Batching(rows, window, 1),
        clock);
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition(Topics.FEATURES.topic(), number);
  }

  private ConsumerRecords<byte[], byte[]> records(int partition, int count) {
    return of(
        partition,
        IntStream.range(0, count)
            .mapToObj(i -> codec.encode(Vectors.of("t-" + (offset + i), 0.5f)))
            .toArray(byte[][]::new));
  }

  private ConsumerRecords<byte[], byte[]> appended(long... timesMs) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (long timeMs : timesMs) {
      records.add(
          new ConsumerRecord<>(
              Topics.FEATURES.topic(),
              0,
              offset++,
              timeMs,
              TimestampType.LOG_APPEND_TIME,
              1,
              1,
              new byte[] {1},
              codec.encode(Vectors.of("t-" + offset, 0.5f)),
              new RecordHeaders(),
              Optional.empty()));
    }
    return new ConsumerRecords<>(Map.of(partition(0), records), Map.of());
  }

  private ConsumerRecords<byte[], byte[]> of(int partition, byte[]... values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(
          new ConsumerRecord<>(
              Topics.FEATURES.topic(), partition, offset++, new byte[] {1}, value));
    }
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new LinkedHashMap<>();
    all.put(partition(partition), records);
    return new ConsumerRecords<>(all, Map.of());
  }
}
