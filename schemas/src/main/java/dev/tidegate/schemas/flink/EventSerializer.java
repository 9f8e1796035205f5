package dev.tidegate.schemas.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as a length and Avro binary. State keeps the schema it was written with in its
 * snapshot, so a newer event class reads older state through Avro's resolution.
 *
 * @param <T> the event
 */
public final class EventSerializer<T extends SpecificRecord> extends TypeSerializer<T> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Class<T> type;
  private final String writtenSchema;

  // runtime
  private transient @Nullable AvroParts<T> parts;

  /** For events of the class's own schema. */
  public EventSerializer(Class<T> type) {
    this(type, SpecificData.getForClass(type).getSchema(type).toString());
  }

  /** For state written with an older schema of the class. */
  EventSerializer(Class<T> type, String writtenSchema) {
    this.type = type;
    this.writtenSchema = writtenSchema;
  }

  Class<T> type() {
    return type;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new EventSerializer<>(type, writtenSchema);
  }

  @Override
  public T createInstance() {
    throw new UnsupportedOperationException("events are immutable");
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T event, DataOutputView target) throws IOException {
    AvroParts<T> avro = parts();
    avro.buffer.reset();
    avro.writer.write(event, avro.encoder);
    avro.encoder.flush();
    target.writeInt(avro.buffer.size());
    target.write(avro.buffer.toByteArray());
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    AvroParts<T> avro = parts();
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    avro.decoder = DecoderFactory.get().binaryDecoder(bytes, avro.decoder);
    return avro.reader.read(null, avro.decoder);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int length = source.readInt();
    target.writeInt(length);
    target.write(source, length);
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new EventSerializerSnapshot<>(type);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventSerializer<?> that
        && type.equals(that.type)
        && writtenSchema.equals(that.writtenSchema);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  private AvroParts<T> parts() {
    AvroParts<T> avro = parts;
    if (avro == null) {
      avro = new AvroParts<>(type, new Schema.Parser().parse(writtenSchema));
      parts = avro;
    }
    return avro;
  }

  /** Avro's writer and reader for one thread. */
  private static final class AvroParts<T extends SpecificRecord> {
    final SpecificDatumWriter<T> writer;
    final SpecificDatumReader<T> reader;
    final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(buffer, null);
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    AvroParts(Class<T> type, Schema written) {
      SpecificData model = SpecificData.getForClass(type);
      model.setCustomCoders(true); // the events' own code instead of a walk over their schema
      Schema current = model.getSchema(type);
      writer = new SpecificDatumWriter<>(current, model);
      reader = new SpecificDatumReader<>(written, current, model);
    }
  }
}
