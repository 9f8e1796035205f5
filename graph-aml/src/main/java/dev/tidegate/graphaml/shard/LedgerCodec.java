package dev.tidegate.graphaml.shard;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Accounts in checkpoints. */
final class LedgerCodec extends WireCodec<Ledger> {
  @Serial private static final long serialVersionUID = 1L;

  static final LedgerCodec INSTANCE = new LedgerCodec();

  private LedgerCodec() {
    super(Ledger.class, 1);
  }

  @Override
  protected void write(Ledger ledger, DataOutputView out) throws IOException {
    out.writeLong(ledger.firstMs);
    out.writeLong(ledger.lastMs);
    for (Side side : ledger.sides) {
      writeLongs(side.words(), out);
      out.writeLong(side.total());
    }
  }

  @Override
  protected Ledger read(int version, DataInputView in) throws IOException {
    long firstMs = in.readLong();
    long lastMs = in.readLong();
    Side out = Side.of(readLongs(in), in.readLong());
    Side into = Side.of(readLongs(in), in.readLong());
    return new Ledger(out, into, firstMs, lastMs);
  }

  @Override
  public TypeSerializerSnapshot<Ledger> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Ledger> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
