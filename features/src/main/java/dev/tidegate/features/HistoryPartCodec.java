package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.EventBytes;
import dev.tidegate.features.history.HistoryCodec;
import dev.tidegate.features.history.Layout;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Histories in Flink's state: the entity's place in the catalogue, what it is, and its bytes. The
 * snapshot holds the entities and the layouts they were written under, so a job with other features
 * reads them and carries them over.
 */
final class HistoryPartCodec extends TypeSerializer<HistoryPart> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int GONE = 0xff;
  private static final int HISTORY = 0;
  private static final int EVENT = 1;

  // configuration
  private final List<EntityPart> parts;

  // runtime
  private transient @Nullable List<Bytes> bytes;

  HistoryPartCodec(List<EntityPart> parts) {
    this.parts = List.copyOf(parts);
  }

  /** One entity's bytes. */
  private static final class Bytes {
    final EntityPart part;
    final EntityWindows windows;
    final HistoryCodec histories;
    final EventBytes events;

    Bytes(EntityPart part) {
      this.part = part;
      windows = new EntityWindows(part.layout());
      histories = windows.codec();
      events = windows.eventBytes();
    }
  }

  private List<Bytes> bytes() {
    List<Bytes> known = bytes;
    if (known == null) {
      known = new ArrayList<>();
      for (EntityPart part : parts) {
        known.add(new Bytes(part));
      }
      bytes = known;
    }
    return known;
  }

  private int indexOf(String noun) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).noun().equals(noun)) {
        return i;
      }
    }
    return GONE;
  }

  @Override
  public void serialize(HistoryPart part, DataOutputView out) throws IOException {
    int index = indexOf(part.noun());
    out.writeByte(index);
    if (index == GONE) {
      return;
    }
    Bytes own = bytes().get(index);
    EntityHistory history = part.history();
    out.writeByte(history == null ? EVENT : HISTORY);
    byte[] written =
        history == null ? event(own, part) : own.histories.write(own.windows.adopt(history));
    out.writeInt(written.length);
    out.write(written);
  }

  private static byte[] event(Bytes own, HistoryPart part) {
    Layout layout = Objects.requireNonNull(part.layout());
    Event event = Objects.requireNonNull(part.event());
    return own.events.write(own.windows.adopt(layout, event));
  }

  @Override
  public HistoryPart deserialize(DataInputView in) throws IOException {
    int index = in.readUnsignedByte();
    if (index == GONE) {
      return HistoryPart.GONE;
    }
    Bytes own = bytes().get(index);
    int what = in.readUnsignedByte();
    byte[] written = new byte[in.readInt()];
    in.readFully(written);
    String noun = own.part.noun();
    return what == HISTORY
        ? HistoryPart.of(noun, own.histories.read(written))
        : HistoryPart.of(noun, own.part.layout(), own.events.read(written));
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int index = in.readUnsignedByte();
    out.writeByte(index);
    if (index != GONE) {
      out.writeByte(in.readUnsignedByte());
      int length = in.readInt();
      out.writeInt(length);
      out.write(in, length);
    }
  }

  /** Events never change; histories do, and get a copy of their own. */
  @Override
  public HistoryPart copy(HistoryPart from) {
    EntityHistory history = from.history();
    int index = indexOf(from.noun());
    if (history == null || index == GONE) {
      return from;
    }
    Bytes own = bytes().get(index);
    return HistoryPart.of(
        from.noun(), own.histories.read(own.histories.write(own.windows.adopt(history))));
  }

  @Override
  public HistoryPart copy(HistoryPart from, HistoryPart reuse) {
    return copy(from);
  }

  @Override
  public HistoryPart deserialize(HistoryPart reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<HistoryPart> duplicate() {
    return new HistoryPartCodec(parts);
  }

  @Override
  public HistoryPart createInstance() {
    return HistoryPart.GONE;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HistoryPartCodec that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<HistoryPart> snapshotConfiguration() {
    return new Snapshot(parts);
  }

  /** The entities and layouts that histories were written under. */
  public static final class Snapshot implements TypeSerializerSnapshot<HistoryPart> {
    private static final int VERSION = 1;

    private @Nullable List<EntityPart> parts;

    /** For Flink, before {@link #readSnapshot}. */
    public Snapshot() {}

    Snapshot(List<EntityPart> parts) {
      this.parts = parts;
    }

    private List<EntityPart> parts() {
      return Objects.requireNonNull(parts);
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      EntityPartsCodec.write(parts(), out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      if (version != VERSION) {
        throw new IOException("histories of version " + version + " are newer than this program");
      }
      parts = EntityPartsCodec.read(in);
    }

    @Override
    public TypeSerializer<HistoryPart> restoreSerializer() {
      return new HistoryPartCodec(parts());
    }

    @Override
    public TypeSerializerSchemaCompatibility<HistoryPart> resolveSchemaCompatibility(
        TypeSerializerSnapshot<HistoryPart> oldSnapshot) {
      if (!(oldSnapshot instanceof Snapshot old)) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      return old.parts().equals(parts())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
  }
}
