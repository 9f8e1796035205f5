package dev.tidegate.retrain.stream;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic's events for Kafka Streams. Thread safe: each thread has a codec of its own. Bytes that
 * are not the topic's events become null, counted in the log; a registry that does not answer
 * throws, for that is no fault of the bytes.
 */
public final class EventSerde<T extends SpecificRecord> implements Serde<T> {
  private static final Logger LOG = LoggerFactory.getLogger(EventSerde.class);

  private static final int LOG_EACH = 10_000;

  private final ThreadLocal<EventCodec<T>> codecs;
  private final Runnable unreadable;
  private final AtomicLong passedOver = new AtomicLong();

  /** A serde of a topic; {@code unreadable} is told each record that is no event. */
  public EventSerde(Topics topic, Class<T> type, SchemaRegistry registry, Runnable unreadable) {
    this.unreadable = unreadable;
    codecs = ThreadLocal.withInitial(() -> EventCodec.of(topic, type, registry));
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, event) -> codecs.get().encode(event);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decode(bytes);
  }

  @SuppressWarnings("NullAway") // Streams takes null for "no value"; its types do not say so.
  private T decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return codecs.get().decode(bytes);
    } catch (IllegalArgumentException e) {
      unreadable.run();
      long count = passedOver.incrementAndGet();
      if (count % LOG_EACH == 1) {
        LOG.warn("passed over {} records so far: {}", count, e.getMessage());
      }
      return null;
    }
  }
}
