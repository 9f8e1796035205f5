package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.HistoryCodec;
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

/**
 * Histories in Flink's state. The snapshot holds the layout they were written under, so a job with
 * other features reads them and carries them over.
 */
final class EntityHistoryCodec extends TypeSerializer<EntityHistory> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Layout layout;

  // runtime
  private transient @Nullable EntityWindows windows;
  private transient @Nullable HistoryCodec bytes;

  EntityHistoryCodec(Layout layout) {
    this.layout = layout;
  }

  private EntityWindows windows() {
    if (windows == null) {
      windows = new EntityWindows(layout);
    }
    return windows;
  }

  private HistoryCodec bytes() {
    if (bytes == null) {
      bytes = windows().codec();
    }
    return bytes;
  }

  @Override
  public void serialize(EntityHistory history, DataOutputView out) throws IOException {
    byte[] written = bytes().write(windows().adopt(history));
    out.writeInt(written.length);
    out.write(written);
  }

  @Override
  public EntityHistory deserialize(DataInputView in) throws IOException {
    byte[] written = new byte[in.readInt()];
    in.readFully(written);
    return bytes().read(written);
  }

  @Override
  public EntityHistory copy(EntityHistory from) {
    return bytes().read(bytes().write(windows().adopt(from)));
  }

  @Override
  public EntityHistory copy(EntityHistory from, EntityHistory reuse) {
    return copy(from);
  }

  @Override
  public EntityHistory deserialize(EntityHistory reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int length = in.readInt();
    out.writeInt(length);
    out.write(in, length);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<EntityHistory> duplicate() {
    return new EntityHistoryCodec(layout);
  }

  @Override
  public EntityHistory createInstance() {
    return windows().empty();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntityHistoryCodec that && layout.equals(that.layout);
  }

  @Override
  public int hashCode() {
    return layout.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<EntityHistory> snapshotConfiguration() {
    return new Snapshot(layout);
  }

  /** The layout that histories were written under. */
  public static final class Snapshot implements TypeSerializerSnapshot<EntityHistory> {
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
        throw new IOException("histories of version " + version + " are newer than this program");
      }
      layout = LayoutCodec.read(in);
    }

    @Override
    public TypeSerializer<EntityHistory> restoreSerializer() {
      return new EntityHistoryCodec(layout());
    }

    @Override
    public TypeSerializerSchemaCompatibility<EntityHistory> resolveSchemaCompatibility(
        TypeSerializerSnapshot<EntityHistory> oldSnapshot) {
      if (!(oldSnapshot instanceof Snapshot old)) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      return old.layout().equals(layout())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
  }
}
