package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.shard.WireCodec;
import dev.tidegate.graphaml.temporal.Payment;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Postings between tasks and in checkpoints: 56 bytes, for the replica that searches the event. */
final class PostingCodec extends WireCodec<Posting> {
  static final PostingCodec INSTANCE = new PostingCodec();

  @Serial private static final long serialVersionUID = 1L;

  private PostingCodec() {
    super(Posting.class, 1);
  }

  @Override
  protected void write(Posting posting, DataOutputView out) throws IOException {
    Payment payment = posting.payment();
    out.writeLong(payment.id());
    out.writeLong(payment.source());
    out.writeLong(payment.target());
    out.writeLong(payment.timeMs());
    out.writeLong(payment.amountMinor());
    out.writeShort(payment.currency());
    out.writeLong(posting.number());
    out.writeByte(posting.replica());
    out.writeInt(posting.event().length);
    if (posting.searched()) {
      out.writeBoolean(posting.late());
      out.writeUTF(posting.transactionId());
      out.write(posting.event());
    }
  }

  @Override
  protected Posting read(int version, DataInputView in) throws IOException {
    Payment payment =
        new Payment(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readShort());
    long number = in.readLong();
    int replica = in.readByte();
    byte[] event = new byte[in.readInt()];
    if (event.length == 0) {
      return new Posting(payment, number, replica, false, "", event);
    }
    boolean late = in.readBoolean();
    String transactionId = in.readUTF();
    in.readFully(event);
    return new Posting(payment, number, replica, late, transactionId, event);
  }

  @Override
  public TypeSerializerSnapshot<Posting> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Posting> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
