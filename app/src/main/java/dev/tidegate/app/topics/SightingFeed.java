package dev.tidegate.app.topics;

import dev.tidegate.app.Refused;
import dev.tidegate.ingest.sighting.SightingFile;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sightings of a file to [sightings], keyed by member, at least once: a run that was cut off is
 * repeated whole, and a sighting that comes twice changes nothing.
 */
public final class SightingFeed {
  private final String kafka;
  private final EventCodec<Sighting> codec;

  /**
   * To a platform.
   *
   * @param kafka bootstrap servers
   * @param registry URL of the schema registry
   */
  public SightingFeed(String kafka, String registry) {
    this.kafka = kafka;
    this.codec = EventCodec.of(Topics.SIGHTINGS, Sighting.class, new ConfluentRegistry(registry));
  }

  /**
   * Sends what a file holds and waits until Kafka has acknowledged all of it.
   *
   * @param progress is told how many are sent
   * @return how many there were
   * @throws Refused if Kafka did not take one
   */
  public long send(SightingFile file, LongConsumer progress) {
    Map<String, Object> config = new HashMap<>(ClientAccess.kafka());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long sent = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Sighting next = file.next(); next != null && failure.get() == null; next = file.next()) {
        byte[] key = next.getMember().getBytes(StandardCharsets.UTF_8);
        var unused =
            producer.send(
                new ProducerRecord<>(Topics.SIGHTINGS.topic(), key, codec.encode(next)),
                (written, error) -> {
                  if (error != null) {
                    failure.compareAndSet(null, error);
                  }
                });
        progress.accept(++sent);
      }
      producer.flush();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new Refused("Kafka did not take the sightings: " + failed.getMessage());
    }
    return sent;
  }
}
