package dev.tidegate.graphaml.shard;

import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Inquiries and answers between tasks and in checkpoints. */
final class MailCodec extends WireCodec<Mail> {
  @Serial private static final long serialVersionUID = 1L;

  static final MailCodec INSTANCE = new MailCodec();

  private MailCodec() {
    super(Mail.class, 1);
  }

  @Override
  protected void write(Mail mail, DataOutputView out) throws IOException {
    Inquiry inquiry = mail.inquiry();
    out.writeBoolean(inquiry != null);
    if (inquiry != null) {
      writeInquiry(inquiry, out);
    } else {
      writeReplies(mail, out);
    }
  }

  @Override
  protected Mail read(int version, DataInputView in) throws IOException {
    return in.readBoolean() ? Mail.of(readInquiry(in)) : Mail.of(readReplies(in));
  }

  private static void writeInquiry(Inquiry inquiry, DataOutputView out) throws IOException {
    writeTransfer(inquiry.about, out);
    writeDoubles(inquiry.values, out);
    out.writeInt(inquiry.open);
    out.writeBoolean(inquiry.late);
    out.writeBoolean(inquiry.cut);
    out.writeDouble(inquiry.dropped);
    out.writeInt(inquiry.replies.size());
    for (Reply reply : inquiry.replies.values()) {
      writeAnswer(reply, out);
    }
  }

  private static Inquiry readInquiry(DataInputView in) throws IOException {
    Transfer about = readTransfer(in);
    Inquiry inquiry = new Inquiry(about, readDoubles(in), new LinkedHashMap<>());
    inquiry.open = in.readInt();
    inquiry.late = in.readBoolean();
    inquiry.cut = in.readBoolean();
    inquiry.dropped = in.readDouble();
    for (int left = in.readInt(); left > 0; left--) {
      Reply reply = readAnswer(about, in);
      inquiry.replies.put(reply.account(), reply);
    }
    return inquiry;
  }

  private static void writeReplies(Mail mail, DataOutputView out) throws IOException {
    writeTransfer(mail.about(), out);
    out.writeInt(mail.replies().size());
    for (Reply reply : mail.replies()) {
      writeAnswer(reply, out);
      writeDoubles(reply.signals(), out);
    }
  }

  private static List<Reply> readReplies(DataInputView in) throws IOException {
    Transfer about = readTransfer(in);
    int count = in.readInt();
    List<Reply> replies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Reply reply = readAnswer(about, in);
      replies.add(reply.with(readDoubles(in)));
    }
    return replies;
  }

  /** Signals are left out: those of an inquiry are in its values already. */
  private static void writeAnswer(Reply reply, DataOutputView out) throws IOException {
    out.writeLong(reply.account());
    out.writeByte(reply.state());
    writeLongs(reply.in().words(), out);
    writeLongs(reply.out().words(), out);
    out.writeLong(reply.inUntilMs());
    out.writeInt(reply.dropped());
  }

  private static Reply readAnswer(Transfer about, DataInputView in) throws IOException {
    return new Reply(
        about,
        in.readLong(),
        in.readByte(),
        Reply.NO_SIGNALS,
        new Trail(readLongs(in)),
        new Trail(readLongs(in)),
        in.readLong(),
        in.readInt());
  }

  @Override
  public TypeSerializerSnapshot<Mail> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Mail> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
