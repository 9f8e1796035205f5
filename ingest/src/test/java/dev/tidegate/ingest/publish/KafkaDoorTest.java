package dev.tidegate.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.ingest.door.Doors;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Transaction;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaDoorTest {
  private static final String FINGERPRINT = "f".repeat(64);
  private static final int ROWS = 200;
  private static final Profile PROFILE =
      Profiles.parse(
          """
          fields: {transactionId: id, time: t, amount: a, currency: {value: EUR}, payerAccount: p}
          label: {column: f, positive: ["1"], negative: ["0"], unknown: [""]}
          """,
          "bank");

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(
          cluster(),
          true,
          new RoundRobinPartitioner(),
          new ByteArraySerializer(),
          new ByteArraySerializer());

  @TempDir Path folder;

  private static Cluster cluster() {
    Node node = new Node(0, "nowhere", 1);
    List<PartitionInfo> partitions = new ArrayList<>();
    for (Topics topic : List.of(Topics.TRANSACTIONS, Topics.TRANSACTIONS_REJECTED, Topics.LABELS)) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new PartitionInfo(topic.topic(), i, node, null, null));
      }
    }
    return new Cluster("c", List.of(node), partitions, java.util.Set.of(), java.util.Set.of());
  }

  /** Rows 0 to 199; each tenth is damaged, each twentieth after a good one is a repetition. */
  private static String csv() {
    StringBuilder text = new StringBuilder("id,t,a,p,f\n");
    for (int i = 0; i < ROWS; i++) {
      String fraud = i % 3 == 0 ? "0" : "";
      String line =
          String.format(
              Locale.ROOT,
              "x%d,2026-01-01T00:%02d:%02dZ,%d.00,p%d,%s",
              i,
              i / 60,
              i % 60,
              i,
              i % 7,
              fraud);
      text.append(i % 10 == 9 ? "damaged" : line).append('\n');
      if (i % 20 == 0) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private KafkaDoor door(FeedLog log, FeedSettings settings, Backlog backlog) {
    return new KafkaDoor(
        Doors.over(csv(), PROFILE),
        new TransactionPublisher(producer, registry),
        log,
        FINGERPRINT,
        settings,
        backlog);
  }

  private static FeedLog log(Published published) {
    return new FeedLog() {
      @Override
      public Map<String, Map<Integer, Long>> ends() {
        return Map.of("transactions", Map.of(0, 5L, 1, 6L));
      }

      @Override
      public Published readBack(String source, Map<String, Map<Integer, Long>> from) {
        assertThat(source).isEqualTo("bank");
        return published;
      }
    };
  }

  private List<String> keys(Topics topic) {
    return producer.history().stream()
        .filter(record -> record.topic().equals(topic.topic()) && record.value() != null)
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  private List<String> publishedIds() {
    EventCodec<Transaction> codec = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    return producer.history().stream()
        .filter(r -> r.topic().equals("transactions") && r.value() != null)
        .map(r -> codec.decode(r.value()).getTransactionId())
        .toList();
  }

  private List<Long> heartbeats() {
    return producer.history().stream()
        .map(record -> Heartbeat.timeOf(record.headers()))
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  @Test
  void shouldPublishEveryRowOnceUnderItsKey() throws IOException {
    FeedProgress end = door(log(new Published()), FeedSettings.replay(), Backlog.NONE).run();

    assertThat(end.published()).isEqualTo(180);
    assertThat(end.rejected()).isEqualTo(20);
    assertThat(end.duplicates()).isEqualTo(10);
    assertThat(end.results()).isEqualTo(210);
    assertThat(end.complete()).isTrue();
    assertThat(publishedIds()).hasSize(180).doesNotHaveDuplicates();
    assertThat(keys(Topics.TRANSACTIONS).subList(0, 3)).containsExactly("p0", "p1", "p2");
    assertThat(keys(Topics.LABELS)).hasSize((int) end.labels()).contains("x0", "x3");
    assertThat(keys(Topics.TRANSACTIONS_REJECTED)).contains("bank:12").doesNotHaveDuplicates();
    assertThat(heartbeats().subList(heartbeats().size() - 4, heartbeats().size()))
        .containsOnly(Long.MAX_VALUE / 2);
  }

  @Test
  void shouldShowEveryDeclaredMetric() throws IOException {
    SimpleMeterRegistry shown = new SimpleMeterRegistry();
    KafkaDoor door = door(log(new Published()), FeedSettings.replay(), Backlog.NONE);
    door.bindTo(shown);
    assertThat(shown.get("ingest.event.time.seconds").gauge().value()).isNaN();

    FeedProgress end = door.run();

    assertThat(shown.getMeters().stream().map(m -> m.getId().getName()).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(IngestMetric.values()).map(IngestMetric::metric).toList());
    assertThat(shown.get("ingest.transactions").functionCounter().count()).isEqualTo(180);
    assertThat(shown.get("ingest.labels").functionCounter().count())
        .isEqualTo((double) end.labels());
    assertThat(shown.get("ingest.duplicates").functionCounter().count()).isEqualTo(10);
    assertThat(shown.get("ingest.skipped").functionCounter().count()).isZero();
    assertThat(
            shown.find("ingest.rejected").functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum())
        .isEqualTo(20);
    assertThat(shown.get("ingest.event.time.seconds").gauge().value())
        .isEqualTo(end.newestEventMs() / 1e3);
  }

  @Test
  void shouldNeverSendAPaymentEarlierThanAHeartbeatBeforeIt() throws IOException {
    FeedSettings quick =
        new FeedSettings(
            20_000, false, java.time.Duration.ZERO, java.time.Duration.ofDays(1), 0, null);
    FeedProgress end = door(log(new Published()), quick, Backlog.NONE).run();

    EventCodec<Transaction> codec = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    long promised = Long.MIN_VALUE;
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      Long beat = Heartbeat.timeOf(record.headers());
      if (beat != null) {
        assertThat(beat).isGreaterThanOrEqualTo(promised);
        promised = beat;
      } else if (record.topic().equals("transactions")) {
        assertThat(codec.decode(record.value()).getEventTimeMs()).isGreaterThanOrEqualTo(promised);
      }
    }
    assertThat(heartbeats()).hasSizeGreaterThan(400);
    assertThat(promised).isEqualTo(end.newestEventMs() + 1);
  }

  @Test
  void shouldResumeBehindItsPositionAndLeaveOutWhatTheTopicsHold() throws IOException {
    new FeedPosition(FINGERPRINT, 100, 101, false, Map.of("transactions", Map.of(0, 40L)))
        .write(FeedPosition.file(folder, FINGERPRINT));
    Published published = new Published();
    published.transaction("x96");
    published.transaction("x98");
    published.label("x96");
    published.rejected("bank:106");

    FeedProgress end = door(log(published), FeedSettings.live(folder), Backlog.NONE).run();

    assertThat(end.resumedAt()).isEqualTo(100);
    assertThat(end.results()).isEqualTo(210);
    assertThat(publishedIds()).startsWith("x95", "x97", "x100").endsWith("x198");
    assertThat(keys(Topics.LABELS)).doesNotContain("x96").contains("x102");
    assertThat(keys(Topics.TRANSACTIONS_REJECTED)).doesNotContain("bank:106");
    FeedPosition position = FeedPosition.read(FeedPosition.file(folder, FINGERPRINT), FINGERPRINT);
    assertThat(position.complete()).isTrue();
    assertThat(position.results()).isEqualTo(210);
    assertThat(position.offsets()).containsKeys("transactions", "labels");
  }

  @Test
  void shouldWriteAPositionBeforeAnythingIsSent() {
    producer.sendException = new KafkaException("no broker");

    assertThatThrownBy(
            () -> door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run())
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("cannot publish to transactions: no broker");

    assertThat(FeedPosition.file(folder, FINGERPRINT))
        .content()
        .contains("\"results\":0", "\"transactions\":{\"0\":5,\"1\":6}");
  }

  @Test
  void shouldPublishNothingMoreOnceComplete() throws IOException {
    door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run();
    producer.clear();

    FeedProgress again = door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run();

    assertThat(again.complete()).isTrue();
    assertThat(again.resumedAt()).isEqualTo(210);
    assertThat(publishedIds()).isEmpty();
    assertThat(heartbeats()).isNotEmpty();
  }

  @Test
  void shouldStopAtOnceAndGoOnLater() throws IOException {
    KafkaDoor first = door(log(new Published()), FeedSettings.live(folder), Backlog.NONE);
    first.stop();
    assertThat(first.run().complete()).isFalse();
    assertThat(publishedIds()).isEmpty();

    assertThat(
            door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run().published())
        .isEqualTo(180);
  }

  @Test
  void shouldWaitWhileTheStagesAreBehind() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Backlog backlog =
        published -> {
          assertThat(publishedIds().size()).isEqualTo((int) published);
          return asked.incrementAndGet() % 5 == 0 ? 0 : 1_000;
        };
    FeedSettings settings = FeedSettings.replay().withBacklogLimit(50);

    assertThat(door(log(new Published()), settings, backlog).run().published()).isEqualTo(180);
    assertThat(asked.get()).isGreaterThanOrEqualTo(5 * 6);
  }

  @Test
  void shouldRefuseAPositionThatIsNotThisSources() throws IOException {
    Path file = FeedPosition.file(folder, FINGERPRINT);
    new FeedPosition("e".repeat(64), 1, 2, false, Map.of()).write(file);
    assertThatThrownBy(
            () -> door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run())
        .hasMessageContaining("is of another source");
    Files.writeString(file, "{");
    assertThatThrownBy(
            () -> door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run())
        .hasMessageContaining("is damaged; delete it");
    new FeedPosition(FINGERPRINT, 1_000, 2, false, Map.of()).write(file);
    assertThatThrownBy(
            () -> door(log(new Published()), FeedSettings.live(folder), Backlog.NONE).run())
        .hasMessageContaining("the source ends after 210 rows, but 1000 were fed before");
  }

  @Test
  void shouldTellSourcesApart() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), csv());
    String first = SourceFingerprint.of(file, PROFILE, Doors.KEY);
    assertThat(SourceFingerprint.of(file, PROFILE, Doors.KEY)).isEqualTo(first).hasSize(64);
    assertThat(SourceFingerprint.of(file, Doors.shipped("aml_tide"), Doors.KEY))
        .isNotEqualTo(first);
    Files.writeString(file, csv() + "\n");
    assertThat(SourceFingerprint.of(file, PROFILE, Doors.KEY)).isNotEqualTo(first);
    assertThat(SourceFingerprint.of("simulator seed 1", PROFILE, Doors.KEY))
        .isNotEqualTo(SourceFingerprint.of("simulator seed 2", PROFILE, Doors.KEY));
  }
}
