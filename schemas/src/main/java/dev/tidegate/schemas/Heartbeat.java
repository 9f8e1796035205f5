package dev.tidegate.schemas;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Progress of event time on a partition without a payment: a record with no key and no value, whose
 * header says that no payment earlier than that time will follow from this door. Without it a
 * partition that carries no payments, and the end of a file, would hold back every window.
 */
public final class Heartbeat {
  /** Header that carries the time, 8 bytes big-endian milliseconds. */
  public static final String HEADER = "tidegate-heartbeat-ms";

  private Heartbeat() {}

  /** The heartbeat record for one partition of [transactions]. */
  public static ProducerRecord<byte[], byte[]> record(int partition, long eventTimeMs) {
    ProducerRecord<byte[], byte[]> heartbeat =
        new ProducerRecord<>(Topics.TRANSACTIONS.topic(), partition, null, null);
    heartbeat.headers().add(HEADER, ByteBuffer.allocate(Long.BYTES).putLong(eventTimeMs).array());
    return heartbeat;
  }

  /** The time a heartbeat carries, or null if these are not a heartbeat's headers. */
  public static @Nullable Long timeOf(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value().length != Long.BYTES
        ? null
        : ByteBuffer.wrap(header.value()).getLong();
  }
}
