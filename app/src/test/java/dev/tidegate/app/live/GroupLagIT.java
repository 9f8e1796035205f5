package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.scoring.release.ScoringLane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the lane's scorer has not scored, though no scorer runs. */
class GroupLagIT {
  private static final String TOPIC = Topics.AML_VECTORS.topic();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void shouldCountWhatNobodyCommitted(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      kafka.createTopics();
      Map<String, Object> access = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (GroupLag lag = GroupLag.of(kafka.bootstrapServers(), ScoringLane.AML);
          Admin admin = Admin.create(access)) {
        assertThat(lag.getAsLong()).as("nothing there").isZero();

        send(access, 0, 7);
        send(access, 1, 5);
        await("no scorer ever ran").atMost(PATIENCE).until(() -> lag.getAsLong() == 12);

        admin
            .alterConsumerGroupOffsets(
                ScoringLane.AML.group(),
                Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(6)))
            .all()
            .get();
        await("one committed").atMost(PATIENCE).until(() -> lag.getAsLong() == 6);
      }
    }
  }

  @Test
  void shouldSayOnceThatTheBrokerIsAwayAndOnceThatItIsBack(@TempDir Path folder) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(GroupLag.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
    EmbeddedKafka kafka = EmbeddedKafka.start(folder);
    kafka.createTopics();
    int port = Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", ""));
    try (GroupLag lag = GroupLag.of(kafka.bootstrapServers(), ScoringLane.AML)) {
      send(Map.of("bootstrap.servers", kafka.bootstrapServers()), 0, 1);
      await("an answer").atMost(PATIENCE).until(() -> lag.getAsLong() == 1);
      lag.look(); // once a look of the lag's own thread has said what it had to say
      synchronized (said) {
        said.list.clear();
      }
      kafka.close();
      lag.look();
      lag.look();
      kafka = EmbeddedKafka.start(folder, port);
      await().atMost(PATIENCE).until(() -> lines(said).size() > 1);
    } finally {
      kafka.close();
      logger.detachAppender(said);
      logger.setLevel(null);
    }
    assertThat(lines(said)).hasSize(2);
    assertThat(lines(said).get(0)).contains("not known until the broker answers");
    assertThat(lines(said).get(1)).contains("known again");
    assertThat(said.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  private static List<String> lines(ListAppender<ILoggingEvent> said) {
    return List.copyOf(said.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static void send(Map<String, Object> access, int partition, int count) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(access, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[] {1})).get();
      }
    }
  }
}
