package dev.tidegate.console.intake;

import dev.tidegate.console.store.AlertBatch;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.Position;
import dev.tidegate.console.store.Unreadable;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records of the log to a batch for the store. A record that is no alert becomes {@link
 * Unreadable}; a registry that does not answer is no fault of the record and is thrown as {@link
 * dev.tidegate.schemas.codec.RegistryException}. Not thread safe.
 */
final class AlertDecoder {
  private final EventCodec<Alert> codec;

  AlertDecoder(SchemaRegistry registry) {
    this.codec = EventCodec.of(Topics.ALERTS, Alert.class, registry);
  }

  AlertBatch decode(String topicId, ConsumerRecords<byte[], byte[]> records) {
    List<Alert> alerts = new ArrayList<>(records.count());
    List<Position> positions = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      long next = 0;
      for (ConsumerRecord<byte[], byte[]> entry : records.records(partition)) {
        next = entry.offset() + 1;
        fault(entry.value(), alerts)
            .map(reason -> new Unreadable(topicId, entry.partition(), entry.offset(), reason))
            .ifPresent(unreadable::add);
      }
      positions.add(new Position(topicId, partition.partition(), next));
    }
    return new AlertBatch(alerts, positions, unreadable);
  }

  /** Adds the alert in a value, or tells why there is none. */
  private Optional<String> fault(byte @Nullable [] value, List<Alert> alerts) {
    if (value == null) {
      return Optional.of("no value");
    }
    try {
      Alert alert = codec.decode(value);
      int length = alert.getAlertId().length();
      if (length == 0 || length > AlertStore.LONGEST_ID) {
        return Optional.of("an alert id of " + length + " characters");
      }
      alerts.add(alert);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
