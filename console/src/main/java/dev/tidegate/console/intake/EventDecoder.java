package dev.tidegate.console.intake;

import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import dev.tidegate.console.log.Position;
import dev.tidegate.console.log.Unreadable;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records of a topic to a batch for the store. A record that is no event of the topic becomes
 * {@link Unreadable}; a registry that does not answer is no fault of the record and is thrown as
 * {@link dev.tidegate.schemas.codec.RegistryException}. Not thread safe.
 *
 * @param <T> kind of the topic's events
 */
final class EventDecoder<T extends SpecificRecordBase> {
  private final EventCodec<T> codec;
  private final Function<T, String> id;

  private EventDecoder(EventCodec<T> codec, Function<T, String> id) {
    this.codec = codec;
    this.id = id;
  }

  /** Of [alerts] or [aml-alerts]. */
  static EventDecoder<Alert> alerts(Topics topic, SchemaRegistry registry) {
    return new EventDecoder<>(EventCodec.of(topic, Alert.class, registry), Alert::getAlertId);
  }

  /** Of [alert-reasons]. */
  static EventDecoder<AlertReasons> reasons(SchemaRegistry registry) {
    return new EventDecoder<>(
        EventCodec.of(Topics.ALERT_REASONS, AlertReasons.class, registry),
        AlertReasons::getAlertId);
  }

  /** Of [pattern-alerts]. */
  static EventDecoder<PatternAlert> patterns(SchemaRegistry registry) {
    return new EventDecoder<>(
        EventCodec.of(Topics.PATTERN_ALERTS, PatternAlert.class, registry),
        PatternAlert::getAlertId);
  }

  /** Of a topic of control events. */
  static <T extends SpecificRecordBase> EventDecoder<T> of(
      Topics topic, Class<T> type, Function<T, String> id, SchemaRegistry registry) {
    return new EventDecoder<>(EventCodec.of(topic, type, registry), id);
  }

  LogBatch<T> decode(String topicId, ConsumerRecords<byte[], byte[]> records) {
    List<T> events = new ArrayList<>(records.count());
    List<Position> positions = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    for (TopicPartition partition : records.partitions()) {
      long next = 0;
      for (ConsumerRecord<byte[], byte[]> entry : records.records(partition)) {
        next = entry.offset() + 1;
        fault(entry.value(), events)
            .map(reason -> new Unreadable(topicId, entry.partition(), entry.offset(), reason))
            .ifPresent(unreadable::add);
      }
      positions.add(new Position(topicId, partition.partition(), next));
    }
    return new LogBatch<>(events, positions, unreadable);
  }

  /** Adds the event in a value, or tells why there is none. */
  private Optional<String> fault(byte @Nullable [] value, List<T> events) {
    if (value == null) {
      return Optional.of("no value");
    }
    try {
      T event = codec.decode(value);
      int length = id.apply(event).length();
      if (length == 0 || length > LogStore.LONGEST_ID) {
        return Optional.of("an id of " + length + " characters");
      }
      events.add(event);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
