package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseSteps;
import dev.tidegate.scoring.store.StoreFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scorer does while the store of a release that events name does not answer. */
final class ServingReleasesTest {
  private static final TopicPartition MODELS = new TopicPartition(Topics.MODELS.topic(), 0);
  private static final String FIRST = "fixture-0001";
  private static final String NEXT = "fixture-0002";

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final EventCodec<ModelRelease> codec =
      EventCodec.of(Topics.MODELS, ModelRelease.class, registry);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean answers;
  private ServingReleases releases;
  private long offset;
  private long retries;

  @BeforeEach
  void open() {
    consumer.updatePartitions(
        MODELS.topic(),
        List.of(new PartitionInfo(MODELS.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(MODELS, 0L));
    consumer.updateEndOffsets(Map.of(MODELS, 0L));
    releases =
        new ServingReleases(
            consumer,
            ScoringSettings.at("nowhere:9092", registry),
            ReleaseFixtures.echo(0.5),
            this::load,
            clock,
            (release, thrown) -> {});
  }

  @AfterEach
  void close() {
    releases.close();
  }

  @Test
  void shouldKeepTheChampionWhileTheStoreFailsAndAskAgainAfterAPause() {
    releases.start(() -> true);
    put(ReleaseAction.CHAMPION);
    refreshUntilRetries(1);
    assertThat(champion()).isEqualTo(FIRST);

    clock.advance(Duration.ofSeconds(1));
    refreshUntilRetries(2);
    clock.advance(Duration.ofSeconds(1)); // the second pause is twice as long
    refreshUntilIdle();
    assertThat(asked).hasValue(2);

    answers = true;
    clock.advance(Duration.ofSeconds(1));
    await().until(releases::refresh);
    assertThat(champion()).isEqualTo(NEXT);
    assertThat(releases.takeRefused()).isZero();
  }

  @Test
  void shouldStartWithWhatItHasWhileTheStoreFails() {
    releases = restartedBehind(ReleaseAction.CHAMPION);
    releases.start(() -> true);
    assertThat(champion()).isEqualTo(FIRST);
    assertThat(releases.takeRetries()).isEqualTo(1);

    answers = true;
    clock.advance(Duration.ofSeconds(1));
    await().until(releases::refresh);
    assertThat(champion()).isEqualTo(NEXT);
  }

  @Test
  void shouldAskAtOnceWhenTheReleaseIsNamedAnew() {
    releases.start(() -> true);
    put(ReleaseAction.CHAMPION);
    refreshUntilRetries(1);
    answers = true;
    put(ReleaseAction.CHAMPION);
    await().until(releases::refresh);
    assertThat(champion()).isEqualTo(NEXT);
  }

  @Test
  void shouldNotAskForAReleaseThatIsRolledBack() {
    releases.start(() -> true);
    put(ReleaseAction.CHAMPION);
    refreshUntilRetries(1);
    put(ReleaseAction.ROLLBACK);
    clock.advance(Duration.ofMinutes(5));
    refreshUntilIdle();
    assertThat(asked).hasValue(1);
    assertThat(champion()).isEqualTo(FIRST);
  }

  /** As {@code ReleasePlaces} says it: refused, with the store's failure as its cause. */
  private LoadedRelease load(ReleaseLine.Known known) {
    asked.incrementAndGet();
    if (!answers) {
      StoreFailed failed = new StoreFailed("the store answers 503");
      throw new ReleaseRefused(Path.of("at", known.uri()), "not now", failed);
    }
    byte[] onnx = OnnxFixtures.echo();
    return ReleaseFixtures.with(
        ReleaseFixtures.named(known.release(), ReleaseFixtures.manifest(onnx, 1, 0.5)),
        () -> OnnxModel.open(onnx));
  }

  private ServingReleases restartedBehind(ReleaseAction action) {
    MockConsumer<byte[], byte[]> standing = new MockConsumer<>("earliest");
    standing.updatePartitions(MODELS.topic(), consumer.partitionsFor(MODELS.topic()));
    standing.updateBeginningOffsets(Map.of(MODELS, 0L));
    standing.updateEndOffsets(Map.of(MODELS, 1L));
    standing.schedulePollTask(() -> standing.addRecord(record(action)));
    releases.close();
    return new ServingReleases(
        standing,
        ScoringSettings.at("nowhere:9092", registry),
        ReleaseFixtures.echo(0.5),
        this::load,
        clock,
        (release, thrown) -> {});
  }

  private void put(ReleaseAction action) {
    consumer.addRecord(record(action));
  }

  private ConsumerRecord<byte[], byte[]> record(ReleaseAction action) {
    byte[] value = codec.encode(ReleaseSteps.step(action, NEXT));
    return new ConsumerRecord<>(MODELS.topic(), 0, offset++, new byte[0], value);
  }

  private void refreshUntilRetries(int count) {
    await()
        .until(
            () -> {
              assertThat(releases.refresh()).isFalse();
              retries += releases.takeRetries();
              return retries == count;
            });
  }

  /** Once, and on while a release is on its way: asking is done by another thread. */
  private void refreshUntilIdle() {
    await()
        .until(
            () -> {
              assertThat(releases.refresh()).isFalse();
              return releases.isIdle();
            });
  }

  private String champion() {
    return releases.lineup().champion().manifest().release();
  }
}
