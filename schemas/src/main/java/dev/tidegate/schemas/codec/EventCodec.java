package dev.tidegate.schemas.codec;

import dev.tidegate.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic's values to bytes and back, in Confluent's wire format: a zero byte, the schema's id as
 * a big-endian int, then Avro binary. Bytes of an older or newer compatible schema are read through
 * Avro's resolution. Not thread safe: one codec a thread.
 *
 * @param <T> the event
 */
public final class EventCodec<T extends SpecificRecord> {
  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  // configuration
  private final Topics topic;
  private final Schema schema;
  private final SpecificData model;
  private final SchemaRegistry registry;

  // runtime
  private final SpecificDatumWriter<T> writer;
  private final Map<Integer, SpecificDatumReader<T>> readers = new HashMap<>();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private int schemaId = -1;

  private EventCodec(Topics topic, Class<T> type, SchemaRegistry registry) {
    this.topic = topic;
    this.model = SpecificData.getForClass(type);
    this.model.setCustomCoders(true); // the events' own code instead of a walk over their schema
    this.schema = model.getSchema(type);
    this.registry = registry;
    this.writer = new SpecificDatumWriter<>(schema, model);
  }

  /**
   * A codec for a topic.
   *
   * @throws IllegalArgumentException if the catalogue has another event on that topic
   */
  public static <T extends SpecificRecord> EventCodec<T> of(
      Topics topic, Class<T> type, SchemaRegistry registry) {
    if (!topic.value().equals(type)) {
      throw new IllegalArgumentException(
          "topic " + topic.topic() + " carries " + topic.value().getSimpleName() + ", not " + type);
    }
    return new EventCodec<>(topic, type, registry);
  }

  /** The record value for an event; registers the schema at the first call. */
  public byte[] encode(T event) {
    if (schemaId < 0) {
      schemaId = registry.register(topic.subject(), schema.toString());
    }
    buffer.reset();
    buffer.write(MAGIC);
    buffer.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    try {
      writer.write(event, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.toByteArray();
  }

  /**
   * The event in a record value.
   *
   * @throws IllegalArgumentException if the bytes are not this topic's events
   */
  public T decode(byte[] value) {
    if (value.length < HEADER_BYTES || value[0] != MAGIC) {
      throw new IllegalArgumentException(
          "a value on " + topic.topic() + " is not in the registry's wire format");
    }
    int id = ByteBuffer.wrap(value).getInt(1);
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
      return readers.computeIfAbsent(id, this::readerFor).read(null, decoder);
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "a value on " + topic.topic() + " with schema " + id + " cannot be read", e);
    }
  }

  private SpecificDatumReader<T> readerFor(int id) {
    Schema written = new Schema.Parser().parse(registry.schemaById(id));
    return new SpecificDatumReader<>(written, schema, model);
  }
}
