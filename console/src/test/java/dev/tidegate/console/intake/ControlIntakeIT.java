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
import java.nio.file.Path;
import java.time.Duration;
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

  @Test
  void shouldBeginNearTheEndOfReadingsAndRunOnceItHasTheNewest(@TempDir Path folder) {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      kafka.createTopics();
      send(kafka.bootstrapServers(), 0, STANDING);
      DriftBook readings = new DriftBook();
      try (ControlIntake intake =
          new ControlIntake(kafka.bootstrapServers(), registry, new ReleaseBook(), readings)) {
        assertThat(intake.driftState().phase()).isEqualTo(IntakeState.Phase.STARTING);
        intake.start();
        await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofMinutes(1))
            .until(() -> intake.driftState().running());
        assertThat(newest(readings)).as("it says that it runs").isEqualTo(STANDING - 1);
        assertThat(intake.events()).isEqualTo(50L * DriftBook.MOST_READINGS);
        send(kafka.bootstrapServers(), STANDING, STANDING + 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> newest(readings) == STANDING);
      }
    }
  }

  private static long newest(DriftBook readings) {
    return readings.monitors().isEmpty() ? -1 : readings.monitors().get(0).newest().endMs();
  }

  private void send(String bootstrap, int from, int to) {
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
                    drift.encode(SampleControl.reading("score-psi", "score", end, 1, 2))));
      }
    }
  }
}
