package dev.tidegate.features;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Known payments in Flink's state: 31 bytes and 16 for each entity of the payment that looks at
 * labels. The snapshot holds the entities they were written under, so that a job with another
 * catalogue reads them and carries them over.
 */
final class KnownPaymentCodec extends TypeSerializer<KnownPayment> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int CAME = 1;
  private static final int FRAUD = 2;

  // configuration
  private final List<EntityPart> parts;

  KnownPaymentCodec(List<EntityPart> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public void serialize(KnownPayment written, DataOutputView out) throws IOException {
    KnownPayment known = written.under(parts);
    out.writeByte((known.came() ? CAME : 0) | (known.fraud() ? FRAUD : 0));
    if (!known.came()) {
      out.writeLong(known.knownAtMs());
      return;
    }
    Payment event = known.event();
    out.writeLong(event.timeMs);
    out.writeLong(event.amount);
    out.writeInt(event.currency);
    out.writeLong(event.filterBits);
    writeKeys(event, out);
  }

  private void writeKeys(Payment event, DataOutputView out) throws IOException {
    int named = 0;
    for (int i = 0; i < parts.size(); i++) {
      named |= event.names(i) ? 1 << i : 0;
    }
    out.writeShort(named);
    for (int i = 0; i < parts.size(); i++) {
      if (event.names(i)) {
        out.writeLong(event.keys[2 * i]);
        out.writeLong(event.keys[2 * i + 1]);
      }
    }
  }

  /** How many bytes it is written in. */
  int length(KnownPayment known) throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(256);
    serialize(known, bytes);
    return bytes.length();
  }

  @Override
  public KnownPayment deserialize(DataInputView in) throws IOException {
    int flags = in.readByte();
    boolean fraud = (flags & FRAUD) != 0;
    if ((flags & CAME) == 0) {
      return KnownPayment.of(parts, fraud, in.readLong());
    }
    Payment event = new Payment();
    event.timeMs = in.readLong();
    event.amount = in.readLong();
    event.currency = in.readInt();
    event.filterBits = in.readLong();
    event.keys = new long[2 * parts.size()];
    int named = in.readUnsignedShort();
    for (int i = 0; i < parts.size(); i++) {
      if ((named & (1 << i)) != 0) {
        event.keys[2 * i] = in.readLong();
        event.keys[2 * i + 1] = in.readLong();
      }
    }
    return new KnownPayment(parts, true, fraud, 0, event);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public KnownPayment copy(KnownPayment from) {
    return from;
  }

  @Override
  public KnownPayment copy(KnownPayment from, KnownPayment reuse) {
    return from;
  }

  @Override
  public KnownPayment deserialize(KnownPayment reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  /** Nobody changes the payment within. */
  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<KnownPayment> duplicate() {
    return this;
  }

  @Override
  public KnownPayment createInstance() {
    return KnownPayment.of(parts, false, 0);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KnownPaymentCodec that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<KnownPayment> snapshotConfiguration() {
    return new Snapshot(parts);
  }

  /** The entities that payments were written under. */
  public static final class Snapshot implements TypeSerializerSnapshot<KnownPayment> {
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
        throw new IOException("payments of version " + version + " are newer than this program");
      }
      parts = EntityPartsCodec.read(in);
    }

    @Override
    public TypeSerializer<KnownPayment> restoreSerializer() {
      return new KnownPaymentCodec(parts());
    }

    @Override
    public TypeSerializerSchemaCompatibility<KnownPayment> resolveSchemaCompatibility(
        TypeSerializerSnapshot<KnownPayment> oldSnapshot) {
      if (!(oldSnapshot instanceof Snapshot old)) {
        return TypeSerializerSchemaCompatibility.incompatible();
      }
      return old.parts().equals(parts())
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
  }
}
