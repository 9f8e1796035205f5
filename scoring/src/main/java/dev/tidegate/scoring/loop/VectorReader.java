package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.decide.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of [features] to vectors. A record that cannot be read is skipped, counted, and logged by
 * its place, never by its content; a registry that does not answer stops the loop instead, since
 * the record may be good. Not thread safe.
 */
final class VectorReader {
  private static final Logger LOG = LoggerFactory.getLogger(VectorReader.class);

  private final EventCodec<FeatureVector> codec;

  VectorReader(SchemaRegistry registry) {
    this.codec = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
  }

  /**
   * Reads a batch.
   *
   * @param claim takes a decision's id; false if it was taken before
   * @throws RegistryException if the registry does not know a schema or does not answer
   */
  Intake read(ConsumerRecords<byte[], byte[]> records, Predicate<EventId> claim) {
    List<FeatureVector> vectors = new ArrayList<>(records.count());
    int undecodable = 0;
    int duplicates = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      FeatureVector vector = decode(record);
      if (vector == null) {
        undecodable++;
      } else if (claim.test(EventId.decision(vector.getTransaction().getTransactionId()))) {
        vectors.add(vector);
      } else {
        duplicates++;
      }
    }
    return new Intake(records.count(), vectors, duplicates, undecodable);
  }

  /** Damaged Avro shows as any unchecked exception, so all but the registry's mean the same. */
  private @Nullable FeatureVector decode(ConsumerRecord<byte[], byte[]> record) {
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
