package dev.tidegate.retrain.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.ReleaseLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestTopologyTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final RequestTopology.Watched WATCHED =
      new RequestTopology.Watched(
          new InCharge("card", "card-0001", "m1", "d1"),
          new ReleaseLine.Known("card-0001", "releases/card-0001", "m1"),
          new RequestPolicy(Duration.ofDays(1), 3, 5_000, Duration.ofDays(7)));
  private static final LogEnds ENDS =
      () -> new LogEnds.Ends(Map.of("features-0", 42L, "labels-3", 7L, "decisions-1", 40L), 77);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);
  private final EventCodec<ModelRelease> models =
      EventCodec.of(Topics.MODELS, ModelRelease.class, registry);
  private final EventCodec<RetrainRequest> requests =
      EventCodec.of(Topics.RETRAIN_REQUESTS, RetrainRequest.class, registry);
  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> readings;
  private TestInputTopic<byte[], byte[]> steps;
  private TestOutputTopic<String, byte[]> out;

  @BeforeEach
  void open() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(
            RequestTopology.define(WATCHED, ENDS, registry), settings, Instant.EPOCH);
    readings =
        driver.createInputTopic(
            Topics.DRIFT.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    steps =
        driver.createInputTopic(
            Topics.MODELS.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            Topics.RETRAIN_REQUESTS.topic(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private void alarm(String release, long atMs) {
    DriftMeasurement reading =
        DriftMeasurement.newBuilder(CauseWatchTest.reading("concept-calibration", atMs, true))
            .setRelease(release)
            .build();
    readings.pipeInput(new byte[] {1}, drift.encode(reading), atMs);
  }

  private List<RetrainRequest> made() {
    return out.readValuesToList().stream().map(requests::decode).toList();
  }

  private void promote(String release, String digest) {
    ModelRelease step =
        ModelRelease.newBuilder()
            .setRelease(release)
            .setModel("card")
            .setAction(ReleaseAction.CHAMPION)
            .setUri("releases/" + release)
            .setManifestSha256("m-" + release)
            .setFeatureDigest(digest)
            .setBy("alice")
            .setAtMs(1)
            .build();
    steps.pipeInput(new byte[] {1}, models.encode(step), 1);
  }

  @Test
  void shouldSayAllThatATrainerNeeds() {
    alarm("card-0001", 5_000);

    RetrainRequest request = made().get(0);
    assertThat(request.getCause()).isEqualTo("concept-drift");
    assertThat(request.getMonitor()).isEqualTo("concept-calibration");
    assertThat(request.getStatistic()).isEqualTo(61.5);
    assertThat(request.getThreshold()).isEqualTo(50);
    assertThat(request.getWindowStartMs()).isEqualTo(4_990);
    assertThat(request.getWindowEndMs()).isEqualTo(5_000);
    assertThat(request.getRelease()).isEqualTo("card-0001");
    assertThat(request.getReleaseDigest()).isEqualTo("m1");
    assertThat(request.getFeatureDigest()).isEqualTo("d1");
    assertThat(request.getOffsets())
        .isEqualTo(Map.of("features-0", 42L, "labels-3", 7L, "decisions-1", 40L));
    assertThat(request.getCutMs()).isEqualTo(77);
    assertThat(request.getRequestedAtMs()).isEqualTo(5_000);
    assertThat(request.getSeed()).isPositive();
    assertThat(request.getTraceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(request.getRequestId()).matches("[0-9a-f]{32}");
  }

  @Test
  void shouldMakeOneRequestOfAStorm() {
    for (int i = 0; i < 1_000; i++) {
      alarm("card-0001", 5_000 + i);
    }
    assertThat(made()).hasSize(1);

    alarm("card-0001", 5_000 + DAY);
    assertThat(made()).hasSize(1);
  }

  @Test
  void shouldMakeTheSameRequestOfTheSameAlarm() {
    alarm("card-0001", 5_000);
    RetrainRequest first = made().get(0);
    close();
    open();
    alarm("card-0001", 5_000);

    assertThat(made().get(0).getRequestId()).isEqualTo(first.getRequestId());
  }

  @Test
  void shouldListenToTheReleaseInChargeAlone() {
    alarm("card-0002", 5_000);
    assertThat(out.isEmpty()).isTrue();

    promote("card-0002", "d2");
    alarm("card-0001", 6_000);
    assertThat(out.isEmpty()).isTrue();
    alarm("card-0002", 7_000);

    RetrainRequest request = made().get(0);
    assertThat(request.getRelease()).isEqualTo("card-0002");
    assertThat(request.getReleaseDigest()).isEqualTo("m-card-0002");
    assertThat(request.getFeatureDigest()).isEqualTo("d2");
  }

  @Test
  void shouldAskOnSchedule() {
    driver.advanceWallClockTime(Duration.ofMinutes(2));
    assertThat(out.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofDays(7));

    assertThat(made())
        .singleElement()
        .satisfies(request -> assertThat(request.getCause()).isEqualTo("schedule"))
        .satisfies(request -> assertThat(request.getStatistic()).isNaN());
  }

  @Test
  void shouldPassOverWhatItCannotRead() {
    readings.pipeInput(new byte[] {1}, new byte[] {7, 7, 7}, 1);
    alarm("card-0001", 5_000);

    assertThat(made()).hasSize(1);
  }
}
