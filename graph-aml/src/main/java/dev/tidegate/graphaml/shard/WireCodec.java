package dev.tidegate.graphaml.shard;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * How a message goes between tasks and into checkpoints: a version, then its fields in fixed order.
 *
 * @param <T> the message; never shared, each task works on its own
 */
public abstract class WireCodec<T> extends TypeSerializerSingleton<T> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Class<T> type;
  private final int version;

  /** For messages of a class, written in this version; older ones can be read. */
  protected WireCodec(Class<T> type, int version) {
    this.type = type;
    this.version = version;
  }

  /** Writes the fields. */
  protected abstract void write(T message, DataOutputView out) throws IOException;

  /** Reads what this version or an older one wrote. */
  protected abstract T read(int version, DataInputView in) throws IOException;

  /** Flink's type information of the message. */
  public TypeInformation<T> information() {
    return new Information<>(this);
  }

  @Override
  public void serialize(T message, DataOutputView out) throws IOException {
    out.writeByte(version);
    write(message, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    int written = in.readByte();
    if (written < 1 || written > version) {
      throw new IOException(
          type.getSimpleName() + " of version " + written + " cannot be read by this program");
    }
    return read(written, in);
  }

  static void writeLongs(long[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  static long[] readLongs(DataInputView in) throws IOException {
    long[] values = new long[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  static void writeDoubles(double[] values, DataOutputView out) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readDoubles(DataInputView in) throws IOException {
    double[] values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static void writeTransfer(Transfer transfer, DataOutputView out) throws IOException {
    out.writeLong(transfer.id());
    out.writeLong(transfer.source());
    out.writeLong(transfer.target());
    out.writeLong(transfer.timeMs());
    out.writeLong(transfer.value());
    out.writeByte(transfer.marks());
  }

  static Transfer readTransfer(DataInputView in) throws IOException {
    return new Transfer(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readByte());
  }

  // ---- what Flink asks of a serializer ---------------------------------------------------------

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  @SuppressWarnings("NullAway") // Flink makes no use of instances of types of variable length
  public T createInstance() {
    return null;
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
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  /** Flink's type information. */
  private static final class Information<T> extends TypeInformation<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final WireCodec<T> codec;

    Information(WireCodec<T> codec) {
      this.codec = codec;
    }

    @Override
    public boolean isBasicType() {
      return false;
    }

    @Override
    public boolean isTupleType() {
      return false;
    }

    @Override
    public int getArity() {
      return 1;
    }

    @Override
    public int getTotalFields() {
      return 1;
    }

    @Override
    public Class<T> getTypeClass() {
      return codec.type;
    }

    @Override
    public boolean isKeyType() {
      return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
      return codec;
    }

    @Override
    public String toString() {
      return codec.type.getSimpleName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Information<?> that && that.codec.type.equals(codec.type);
    }

    @Override
    public int hashCode() {
      return codec.type.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
      return other instanceof Information<?>;
    }
  }
}
