package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTopologyTest {
  private static final long MINUTE = 60_000;
  private static final int WEEK = 7 * 24 * 60;
  private static final VolumeTopology.Watched WATCHED =
      new VolumeTopology.Watched("r1", new Learning(100, 2_000, 0.01), 1e4, 1e6, 1);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final SplittableRandom random = new SplittableRandom(241);
  @TempDir private Path stateDir;
  private DriftTopic topic;
  private TestInputTopic<byte[], byte[]> payments;
  private TestInputTopic<byte[], byte[]> rejected;
  private EventCodec<Transaction> transactions;
  private EventCodec<Rejected> rejections;

  @BeforeEach
  void open() {
    topic = new DriftTopic(VolumeTopology.define(WATCHED, registry), registry, stateDir);
    payments = topic.input(Topics.TRANSACTIONS);
    rejected = topic.input(Topics.TRANSACTIONS_REJECTED);
    transactions = topic.codec(Topics.TRANSACTIONS, Transaction.class);
    rejections = topic.codec(Topics.TRANSACTIONS_REJECTED, Rejected.class);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  /** Three or four payments a minute. */
  private void pay(int from, int to, int times) {
    for (int minute = from; minute < to; minute++) {
      int count = times * (3 + random.nextInt(2));
      for (int i = 0; i < count; i++) {
        pay(minute * MINUTE + i);
      }
    }
  }

  private void pay(long timeMs) {
    payments.pipeInput(
        new byte[] {1}, transactions.encode(DriftTopic.payment("t" + timeMs, timeMs, "card")));
  }

  @Test
  void shouldTellTheVolumeEachHourAndAFloodAgainstTheWeekBefore() {
    pay(0, 2 * WEEK, 1);
    List<DriftMeasurement> ordinary = topic.readings("volume");
    assertThat(ordinary).hasSize(2 * (2 * 7 * 24 - 1)).noneMatch(DriftMeasurement::getDrifted);
    assertThat(ordinary.get(0).getFilling()).isNotNull();
    assertThat(ordinary.get(ordinary.size() - 1).getFilling()).isNull();
    assertThat(ordinary.get(2).getSamples()).isBetween(180L, 240L);
    pay(2 * WEEK, 2 * WEEK + 60, 3);
    assertThat(topic.readings("volume"))
        .filteredOn(DriftMeasurement::getDrifted)
        .extracting(DriftMeasurement::getSubject)
        .containsExactly("rise");
  }

  @Test
  void shouldTellSilenceByTheWallClock() {
    pay(0, WEEK + 3_000, 1);
    topic.readings();
    topic.driver().advanceWallClockTime(Duration.ofSeconds(50));
    assertThat(topic.readings()).isEmpty();
    for (int minute = 0; minute < 60; minute++) {
      topic.driver().advanceWallClockTime(Duration.ofMinutes(1));
    }
    DriftMeasurement alarm =
        topic.readings("volume").stream()
            .filter(DriftMeasurement::getDrifted)
            .findFirst()
            .orElseThrow();
    assertThat(alarm.getSubject()).isEqualTo("fall");
    assertThat(alarm.getSamples()).isZero();
    assertThat(alarm.getWindowStartMs())
        .isBetween((WEEK + 3_000) * MINUTE, (WEEK + 3_060) * MINUTE);
  }

  /** A door that lives says how far time has come, though nobody pays. */
  @Test
  void shouldTellSilenceByHeartbeatsAndIgnoreTheEndOfTime() {
    pay(0, WEEK + 3_000, 1);
    topic.readings();
    beat(Long.MAX_VALUE / 2);
    for (int minute = 0; minute < 60; minute++) {
      beat((WEEK + 3_000 + minute) * MINUTE);
    }
    assertThat(topic.readings("volume"))
        .filteredOn(DriftMeasurement::getDrifted)
        .extracting(DriftMeasurement::getSubject)
        .containsExactly("fall");
  }

  private void beat(long timeMs) {
    payments.pipeInput(new TestRecord<>(null, null, Heartbeat.record(0, timeMs).headers(), 0L));
  }

  @Test
  void shouldTellInputsThatCannotBeReadAnyMore() {
    pay(0, 1_000, 1);
    assertThat(topic.readings("quality-parse")).isEmpty();
    for (int i = 0; i < 40; i++) {
      rejected.pipeInput(new byte[] {1}, rejections.encode(rejection(i)));
    }
    DriftMeasurement alarm = topic.readings("quality-parse").get(0);
    assertThat(alarm.getSubject()).isEqualTo("record");
    assertThat(alarm.getDrifted()).isTrue();
    assertThat(alarm.getSamples()).isGreaterThan(3_000);
  }

  @Test
  void shouldWaitForAllPartitionsButNotForOneThatIsNeverHeardOf() {
    VolumeWatch watch =
        new VolumeWatch(
            new VolumeTopology.Watched("r1", new Learning(100, 2_000, 0.01), 1e4, 1e6, 2));
    List<DriftReading> readings = new ArrayList<>();
    watch.take(new MinuteCount(0, 70, 5), readings::add);
    assertThat(readings).isEmpty();
    watch.take(new MinuteCount(1, 30, 7), readings::add);
    watch.take(new MinuteCount(1, 90, 0), readings::add);
    assertThat(readings).hasSize(2).allMatch(of -> of.window().samples() == 7);
    VolumeWatch alone =
        new VolumeWatch(
            new VolumeTopology.Watched("r1", new Learning(100, 2_000, 0.01), 1e4, 1e6, 2));
    readings.clear();
    alone.take(new MinuteCount(0, 30, 5), readings::add);
    alone.take(new MinuteCount(0, 60, 5), readings::add);
    alone.take(new MinuteCount(0, 60 + 24 * 60, 5), readings::add);
    assertThat(readings).hasSize(2).allMatch(of -> of.window().samples() == 5);
  }

  @Test
  void shouldGoOnFromItsBytes() {
    pay(0, 500, 1);
    byte[] kept =
        topic.driver().<String, byte[]>getKeyValueStore(VolumeProcessor.STORE).get("watch");
    assertThat(VolumeWatch.of(WATCHED, kept).bytes()).isEqualTo(kept);
  }

  @Test
  void shouldTakeItsRunLengthsFromTheBudget() {
    VolumeTopology.Watched watched =
        VolumeTopology.Watched.of("r1", PageBudget.aQuarter(3, VolumeTopology.monitors()), 100, 12);
    assertThat(watched.minuteRunLength()).isEqualTo(91 * 24 * 60);
    assertThat(watched.inputRunLength()).isEqualTo(91 * 86_400 * 100.0);
  }

  private static Rejected rejection(int at) {
    return Rejected.newBuilder()
        .setSource("test")
        .setSourceOffset(at)
        .setReason("amount-unreadable")
        .setDetail("The amount is no number.")
        .setRejectedAtMs(at)
        .build();
  }

  @Test
  void shouldNotBeBlindedByAPaymentOfAnotherDecade() {
    pay(0, 180, 1);
    pay(10 * 52L * WEEK * MINUTE);
    pay(180, 360, 1);
    List<DriftMeasurement> hours = topic.readings("volume");
    assertThat(hours).hasSize(2 * 5);
    assertThat(hours).allMatch(of -> of.getSamples() >= 180 && of.getSamples() <= 240);
  }

  /** Ids come from windows: of two alarms with one id, readers would keep one. */
  @Test
  void shouldTellTwoAlarmsOfOneMinuteApart() {
    VolumeWatch watch = new VolumeWatch(watched());
    List<DriftReading> readings = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      watch.take(new MinuteCount(partition, 1_000, 3_000), readings::add);
      for (int i = 0; i < 40; i++) {
        watch.take(MinuteCount.REJECTED, readings::add);
      }
      watch = VolumeWatch.of(watched(), watch.bytes());
    }
    assertThat(readings)
        .filteredOn(of -> of.monitor().equals(VolumeWatch.PARSE))
        .hasSizeGreaterThan(1)
        .extracting(of -> of.of("r1").getMeasurementId())
        .doesNotHaveDuplicates();
    assertThat(readings)
        .filteredOn(of -> of.monitor().equals(VolumeWatch.PARSE))
        .allMatch(of -> of.window().startMs() / MINUTE == 1_000);
  }

  private static VolumeTopology.Watched watched() {
    return new VolumeTopology.Watched("r1", new Learning(100, 2_000, 0.01), 1e4, 1e4, 2);
  }
}
