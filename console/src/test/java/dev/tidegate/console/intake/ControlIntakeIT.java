package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.console.SampleControl;
import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control topics of a real broker, read into memory. */
class ControlIntakeIT {
  private static final int STANDING = 60_000;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);

  /** A monitor that spoke once, before sixty thousand readings of another, is still there. */
  @Test
  void shouldReadAMonthOfReadingsAndRunOnceItHasTheNewest(@TempDir Path folder) {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      kafka.createTopics();
      send(kafka.bootstrapServers(), "performance", 0, 1);
      send(kafka.bootstrapServers(), 0, STANDING);
      DriftBook readings = new DriftBook();
      try (ControlIntake intake = intake(kafka, readings, WallClock.INSTANCE)) {
        assertThat(intake.driftState().phase()).isEqualTo(IntakeState.Phase.STARTING);
        intake.start();
        await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofMinutes(1))
            .until(() -> intake.driftState().running());
        assertThat(newest(readings)).as("it says that it runs").isEqualTo(STANDING - 1);
        assertThat(intake.events()).isEqualTo(STANDING + 1);
        assertThat(readings.monitors())
            .extracting(DriftBook.Monitor::monitor)
            .contains("performance");
        send(kafka.bootstrapServers(), STANDING, STANDING + 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> newest(readings) == STANDING);
      }
      DriftBook later = new DriftBook();
      InstantSource inTwoMonths = () -> WallClock.INSTANCE.instant().plus(Duration.ofDays(60));
      try (ControlIntake intake = intake(kafka, later, inTwoMonths)) {
        intake.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> intake.driftState().running());
        assertThat(intake.events()).isEqualTo(50L * DriftBook.MOST_READINGS);
        assertThat(newest(later)).isEqualTo(STANDING);
      }
    }
  }

  private ControlIntake intake(EmbeddedKafka kafka, DriftBook readings, InstantSource clock) {
    return new ControlIntake(
        kafka.bootstrapServers(), registry, new ReleaseBook(), readings, clock);
  }

  private static long newest(DriftBook readings) {
    return readings.monitors().stream()
        .filter(one -> one.monitor().equals("score-psi"))
        .mapToLong(one -> one.newest().endMs())
        .findAny()
        .orElse(-1);
  }

  private void send(String bootstrap, int from, int to) {
    send(bootstrap, "score-psi", from, to);
  }

  private void send(String bootstrap, String monitor, int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int end = from; end < to; end++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topics.DRIFT.topic(),
                    drift.encode(SampleControl.reading(monitor, "score", end, 1, 2))));
      }
    }
  }
}
