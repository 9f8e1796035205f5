package dev.tidegate.graphaml.shard;

import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Questions between tasks and in checkpoints. */
final class QuestionCodec extends WireCodec<Question> {
  @Serial private static final long serialVersionUID = 1L;

  static final QuestionCodec INSTANCE = new QuestionCodec();

  private QuestionCodec() {
    super(Question.class, 1);
  }

  @Override
  protected void write(Question question, DataOutputView out) throws IOException {
    writeTransfer(question.about(), out);
    out.writeShort(question.shard());
    out.writeInt(question.asks().size());
    for (Ask ask : question.asks()) {
      out.writeLong(ask.account());
      out.writeByte(ask.wants());
      out.writeLong(ask.inUntilMs());
      out.writeLong(ask.outSinceMs());
      out.writeInt(ask.most());
    }
  }

  @Override
  protected Question read(int version, DataInputView in) throws IOException {
    Transfer about = readTransfer(in);
    int shard = in.readShort();
    int count = in.readInt();
    List<Ask> asks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      asks.add(
          new Ask(about, in.readLong(), in.readByte(), in.readLong(), in.readLong(), in.readInt()));
    }
    return new Question(about, shard, asks);
  }

  @Override
  public TypeSerializerSnapshot<Question> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Question> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
