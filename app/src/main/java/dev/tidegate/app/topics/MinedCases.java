package dev.tidegate.app.topics;

import dev.tidegate.app.Refused;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.PatternAlert;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Mined cases to [pattern-alerts], each exactly once whatever run is killed when: whoever publishes
 * becomes the one writer first (Kafka fences its transactional id), reads which cases stand, and
 * sends the others in one transaction. A run that was cut off is repeated whole: its cases have the
 * same ids, and those that stand are not sent again.
 */
public final class MinedCases {
  private static final String WRITER = "tidegate-mined-cases";
  private static final int TIMEOUT_MS = 60_000;

  private final String kafka;
  private final SchemaRegistry registry;
  private final Runnable beforeCommit;

  /**
   * To a platform.
   *
   * @param kafka bootstrap servers
   * @param registry URL of the schema registry
   */
  public MinedCases(String kafka, String registry) {
    this(kafka, new ConfluentRegistry(registry), () -> {});
  }

  /**
   * With what happens once all is sent, before it is committed; a test stops there.
   *
   * @param kafka bootstrap servers
   */
  MinedCases(String kafka, SchemaRegistry registry, Runnable beforeCommit) {
    this.kafka = kafka;
    this.registry = registry;
    this.beforeCommit = beforeCommit;
  }

  /**
   * Sends the cases that do not stand there yet and returns when Kafka has them all.
   *
   * @return how many these were
   * @throws Refused if the platform does not answer, or another run publishes at the same time
   */
  public long publish(List<PatternAlert> cases) {
    EventCodec<PatternAlert> codec =
        EventCodec.of(Topics.PATTERN_ALERTS, PatternAlert.class, registry);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.initTransactions();
      Set<String> standing = standing();
      List<PatternAlert> missing =
          cases.stream().filter(one -> !standing.contains(one.getAlertId())).toList();
      if (missing.isEmpty()) {
        return 0;
      }
      send(producer, codec, missing);
      return missing.size();
    } catch (KafkaException | RegistryException e) {
      throw new Refused("the cases could not be published: " + e.getMessage());
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      EventCodec<PatternAlert> codec,
      List<PatternAlert> missing) {
    producer.beginTransaction();
    try {
      for (PatternAlert one : missing) {
        byte[] key = one.getAlertId().getBytes(StandardCharsets.UTF_8);
        // What fails here fails the commit.
        var unused =
            producer.send(
                new ProducerRecord<>(Topics.PATTERN_ALERTS.topic(), key, codec.encode(one)));
      }
      beforeCommit.run();
      producer.commitTransaction();
    } catch (ProducerFencedException e) {
      throw e; // the transaction is not ours any more
    } catch (RuntimeException e) {
      abort(producer, e);
      throw e;
    }
  }

  /** So that readers of what is committed need not wait for the transaction's time limit. */
  private static void abort(KafkaProducer<byte[], byte[]> producer, RuntimeException failure) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      failure.addSuppressed(e);
    }
  }

  /** Ids of mined cases on the topic; episodes of the stream are passed over. */
  private Set<String> standing() {
    Set<String> ids = new HashSet<>();
    TopicsReader.Takers takers =
        new TopicsReader.Takers(registry)
            .on(
                Topics.PATTERN_ALERTS,
                PatternAlert.class,
                alert -> {
                  if (alert.getMined() != null) {
                    ids.add(alert.getAlertId());
                  }
                });
    try (TopicsReader reader = TopicsReader.fromBeginning(kafka, takers)) {
      reader.readToEnd();
      RuntimeException failure = reader.failure();
      if (failure != null) {
        throw failure;
      }
    }
    return ids;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        ClientAccess.with(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, WRITER,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
