package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.release.ScoringLane;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of a lane's vectors. A record that cannot be read is skipped, counted, and logged by its
 * place, never by its content; a registry that does not answer stops the loop instead, since the
 * record may be good. Not thread safe.
 */
final class VectorReader {
  private static final Logger LOG = LoggerFactory.getLogger(VectorReader.class);

  private final ScoringLane lane;
  private final EventCodec<FeatureVector> codec;

  VectorReader(ScoringSettings settings) {
    this.lane = settings.lane();
    this.codec = EventCodec.of(lane.vectors(), FeatureVector.class, settings.registry());
  }

  /** Whose vectors it reads. */
  ScoringLane lane() {
    return lane;
  }

  /**
   * Reads a record; null if it is no vector. Damaged Avro shows as any unchecked exception, so all
   * but the registry's mean the same.
   *
   * @throws RegistryException if the registry does not know the schema or does not answer
   */
  @Nullable FeatureVector read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null
          ? undecodable(record, "no value")
          : codec.decode(record.value());
    } catch (RegistryException e) {
      throw new RegistryException("record " + place(record) + " waits: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      return undecodable(record, e.getClass().getSimpleName());
    }
  }

  private static @Nullable FeatureVector undecodable(
      ConsumerRecord<byte[], byte[]> record, String reason) {
    LOG.warn("record {} is no feature vector and is skipped: {}", place(record), reason);
    return null;
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
