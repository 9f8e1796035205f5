package dev.tidegate.app.topics;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Control events of a running platform, for commands: reads what stands, sends what is new. */
public final class ControlEvents {
  private final String kafka;
  private final SchemaRegistry registry;

  /**
   * At a platform.
   *
   * @param kafka bootstrap servers
   * @param registry URL of the schema registry
   */
  public ControlEvents(String kafka, String registry) {
    this.kafka = kafka;
    this.registry = new ConfluentRegistry(registry);
  }

  /**
   * All events that stand on a topic, each partition's in their order; withdrawn ones left out.
   *
   * @throws Refused if the platform does not answer
   */
  public <T extends SpecificRecord> List<T> all(Topics topic, Class<T> type) {
    List<T> events = new ArrayList<>();
    read(new TopicsReader.Takers(registry).on(topic, type, events::add));
    return events;
  }

  /**
   * All events that stand on a topic, with the headers of their records.
   *
   * @throws Refused if the platform does not answer
   */
  public <T extends SpecificRecord> List<Headed<T>> headed(Topics topic, Class<T> type) {
    List<Headed<T>> events = new ArrayList<>();
    read(
        new TopicsReader.Takers(registry)
            .onRecords(topic, type, (event, headers) -> events.add(new Headed<>(event, headers))));
    return events;
  }

  /** An event and the headers of its record. */
  public record Headed<T>(T event, Headers headers) {}

  private void read(TopicsReader.Takers takers) {
    try (TopicsReader reader = TopicsReader.fromBeginning(kafka, takers)) {
      reader.readToEnd();
      RuntimeException failure = reader.failure();
      if (failure != null) {
        throw failure;
      }
    } catch (KafkaException | RegistryException e) {
      throw new Refused("the platform at " + kafka + " does not answer: " + e.getMessage(), e);
    }
  }

  /** An event and its key. */
  public record Keyed<T>(String key, T event) {}

  /**
   * Sends events in their order and waits until Kafka has acknowledged all of them.
   *
   * @throws Refused if it does not
   * @throws OutcomeUnknown if it does not answer in time
   */
  public <T extends SpecificRecord> void send(Topics topic, Class<T> type, List<Keyed<T>> events) {
    EventCodec<T> codec = EventCodec.of(topic, type, registry);
    Map<String, Object> config = new HashMap<>(ClientAccess.kafka());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Keyed<T> one : events) {
        byte[] key = one.key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic.topic(), key, codec.encode(one.event))).get();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new OutcomeUnknown(
            "Kafka did not answer in time: whether it took the events is not known", e);
      }
      throw new Refused("Kafka did not take the events: " + e.getCause(), e);
    }
  }
}
