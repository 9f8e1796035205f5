package dev.tidegate.schemas.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The schema that state was written with. Version 1: class name, schema JSON length and bytes.
 *
 * @param <T> the event
 */
public final class EventSerializerSnapshot<T extends SpecificRecord>
    implements TypeSerializerSnapshot<T> {
  private static final int VERSION = 1;

  private @Nullable Class<T> type;
  private @Nullable String schema;

  /** For Flink, before {@link #readSnapshot}. */
  public EventSerializerSnapshot() {}

  EventSerializerSnapshot(Class<T> type) {
    this.type = type;
    this.schema = SpecificData.getForClass(type).getSchema(type).toString();
  }

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(Objects.requireNonNull(type).getName());
    byte[] json = Objects.requireNonNull(schema).getBytes(StandardCharsets.UTF_8);
    out.writeInt(json.length);
    out.write(json);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
    if (version != VERSION) {
      throw new IOException("event state of version " + version + " is newer than this program");
    }
    String name = in.readUTF();
    byte[] json = new byte[in.readInt()];
    in.readFully(json);
    schema = new String(json, StandardCharsets.UTF_8);
    try {
      type = (Class<T>) Class.forName(name, true, loader).asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException e) {
      throw new IOException("event class " + name + " of the state is not on the class path", e);
    }
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return new EventSerializer<>(Objects.requireNonNull(type), Objects.requireNonNull(schema));
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> oldSnapshot) {
    if (!(oldSnapshot instanceof EventSerializerSnapshot<T> old)
        || !Objects.equals(old.type, type)) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    Schema written = new Schema.Parser().parse(Objects.requireNonNull(old.schema));
    Schema current = new Schema.Parser().parse(Objects.requireNonNull(schema));
    if (written.equals(current)) {
      return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }
    return SchemaCompatibility.checkReaderWriterCompatibility(current, written).getType()
            == SchemaCompatibilityType.COMPATIBLE
        ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
