package dev.tidegate.features;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.EventBytes;
import dev.tidegate.features.history.Layout;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Added events in Flink's state; as of histories, the snapshot holds their layout. */
final class AddedEventCodec extends TypeSerializer<AddedEvent> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Layout layout;

  // runtime
  private transient @Nullable EntityWindows windows;
  private transient @Nullable EventBytes bytes;

  AddedEventCodec(Layout layout) {
    this.layout = layout;
  }

  private EntityWindows windows() {
    if (windows == null) {
      windows = new EntityWindows(layout);
    }
    return windows;
  }

  private EventBytes bytes() {
    if (bytes == null) {
      bytes = windows().eventBytes();
    }
    return bytes;
  }

  @Override
  public void serialize(AddedEvent added, DataOutputView out) throws IOException {
    byte[] written = bytes().write(windows().adopt(added.layout(), added.event()));
    out.writeShort(written.length);
    out.write(written);
  }

  @Override
  public AddedEvent deserialize(DataInputView in) throws IOException {
    byte[] written = new byte[in.readUnsignedShort()];
    in.readFully(written);
    return new AddedEvent(layout, bytes().read(written));
  }

  @Override
  public AddedEvent deserialize(AddedEvent reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int length = in.readUnsignedShort();
    out.writeShort(length);
    out.write(in, length);
  }

  @Override
  public AddedEvent copy(AddedEvent from) {
    return from;
  }

  @Override
  public AddedEvent copy(AddedEvent from, AddedEvent reuse) {
    return from;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<AddedEvent> duplicate() {
    return new AddedEventCodec(layout);
  }

  @Override
  public AddedEvent createInstance() {
    long[] tags = new long[layout.tags().size()];
    return new AddedEvent(layout, new Event(0, 0, new Amount(0, 0, 0), 0, tags));
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddedEventCodec that && layout.equals(that.layout);
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<AddedEvent> snapshotConfiguration() {
    return new Snapshot(layout);
  }

  /** The layout that events were written under. */
  public static final class Snapshot implements TypeSerializerSnapshot<AddedEvent> {
    private static final int VERSION = 1;

    private @Nullable Layout layout;

    /** For Flink, before {@link #readSnapshot}. */
    public Snapshot() {}

    Snapshot(Layout layout) {
      this.layout = layout;
    }

    private Layout layout() {
      return Objects.requireNonNull(layout);
    }

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      LayoutCodec.write(layout(), out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      if (version != VERSION) {
        throw new IOException(
            "added events of version " + version + " are newer than this program");
      }
      layout = LayoutCodec.read(in);
    }

    @Override
    public TypeSerializer<AddedEvent> restoreSerializer() {
      return new AddedEventCodec(layout());
    }

    @Override
    public TypeSerializerSchemaCompatibility<AddedEvent> resolveSchemaCompatibility(
        TypeSerializerSnapshot<AddedEvent> oldSnapshot) {
      if (!(oldSnapshot instanceof Snapshot old)) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      return old.layout().equals(layout())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
  }
}
