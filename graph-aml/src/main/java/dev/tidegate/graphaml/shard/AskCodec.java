package dev.tidegate.graphaml.shard;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Questions between tasks and in checkpoints. */
final class AskCodec extends WireCodec<Ask> {
  @Serial private static final long serialVersionUID = 1L;

  static final AskCodec INSTANCE = new AskCodec();

  private AskCodec() {
    super(Ask.class, 1);
  }

  @Override
  void write(Ask ask, DataOutputView out) throws IOException {
    writeTransfer(ask.about(), out);
    out.writeLong(ask.account());
    out.writeByte(ask.wants());
    out.writeLong(ask.inUntilMs());
    out.writeLong(ask.outSinceMs());
    out.writeInt(ask.most());
  }

  @Override
  Ask read(int version, DataInputView in) throws IOException {
    return new Ask(
        readTransfer(in), in.readLong(), in.readByte(), in.readLong(), in.readLong(), in.readInt());
  }

  @Override
  public TypeSerializerSnapshot<Ask> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Ask> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
