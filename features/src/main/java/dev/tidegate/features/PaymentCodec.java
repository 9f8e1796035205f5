package dev.tidegate.features;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A payment between tasks and in checkpoints: a version, then its fields in fixed order. One of an
 * older version, which a checkpoint may hold, lacks what came later.
 */
final class PaymentCodec extends TypeSerializerSingleton<Payment> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int VERSION = 3;
  private static final int SEQUENCES_SINCE = 2;
  private static final int ENTITY_SINCE = 3;
  private static final int LABEL = 1;
  private static final int FRAUD = 2;
  private static final int LATE = 4;
  private static final int TILED = 8;

  static final PaymentCodec INSTANCE = new PaymentCodec();

  @Override
  public boolean isImmutableType() {
    return true; // never shared: each task works on its own
  }

  @Override
  public Payment createInstance() {
    return new Payment();
  }

  @Override
  public Payment copy(Payment from) {
    return from;
  }

  @Override
  public Payment copy(Payment from, Payment reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Payment payment, DataOutputView out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(
        (payment.isLabel ? LABEL : 0)
            | (payment.fraud ? FRAUD : 0)
            | (payment.late ? LATE : 0)
            | (payment.tiled ? TILED : 0));
    out.writeLong(payment.timeMs);
    out.writeLong(payment.orderMs);
    out.writeLong(payment.idHigh);
    out.writeLong(payment.idLow);
    out.writeLong(payment.amount);
    out.writeLong(payment.base);
    out.writeInt(payment.currency);
    out.writeLong(payment.filterBits);
    writeLongs(payment.tags, out);
    writeLongs(payment.keys, out);
    out.writeShort(payment.values.length);
    for (double value : payment.values) {
      out.writeDouble(value);
    }
    out.writeInt(payment.transaction.length);
    out.write(payment.transaction);
    out.writeByte(payment.sequences.length);
    for (byte[] sequence : payment.sequences) {
      out.writeShort(sequence.length);
      out.write(sequence);
    }
    out.writeByte(payment.entity);
    out.writeLong(payment.content);
  }

  private static void writeLongs(long[] values, DataOutputView out) throws IOException {
    out.writeByte(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  @Override
  public Payment deserialize(DataInputView in) throws IOException {
    int version = in.readByte();
    if (version < 1 || version > VERSION) {
      throw new IOException("payment of version " + version + " cannot be read");
    }
    Payment payment = new Payment();
    int flags = in.readByte();
    payment.isLabel = (flags & LABEL) != 0;
    payment.fraud = (flags & FRAUD) != 0;
    payment.late = (flags & LATE) != 0;
    payment.tiled = (flags & TILED) != 0;
    payment.timeMs = in.readLong();
    payment.orderMs = in.readLong();
    payment.idHigh = in.readLong();
    payment.idLow = in.readLong();
    payment.amount = in.readLong();
    payment.base = in.readLong();
    payment.currency = in.readInt();
    payment.filterBits = in.readLong();
    payment.tags = readLongs(in);
    payment.keys = readLongs(in);
    payment.values = new double[in.readUnsignedShort()];
    for (int i = 0; i < payment.values.length; i++) {
      payment.values[i] = in.readDouble();
    }
    payment.transaction = new byte[in.readInt()];
    in.readFully(payment.transaction);
    if (version >= SEQUENCES_SINCE) {
      payment.sequences = readSequences(in);
    }
    if (version >= ENTITY_SINCE) {
      payment.entity = in.readByte();
      payment.content = in.readLong();
    }
    return payment;
  }

  private static byte[][] readSequences(DataInputView in) throws IOException {
    byte[][] sequences = new byte[in.readUnsignedByte()][];
    for (int i = 0; i < sequences.length; i++) {
      sequences[i] = new byte[in.readUnsignedShort()];
      in.readFully(sequences[i]);
    }
    return sequences;
  }

  private static long[] readLongs(DataInputView in) throws IOException {
    long[] values = new long[in.readUnsignedByte()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  @Override
  public Payment deserialize(Payment reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<Payment> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each payment carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Payment> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
