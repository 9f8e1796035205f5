package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.Hop;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What was found, between tasks. */
public final class FoundCodec extends WireCodec<Found> {
  @Serial private static final long serialVersionUID = 1L;

  /** The one. */
  public static final FoundCodec INSTANCE = new FoundCodec();

  private FoundCodec() {
    super(Found.class, 1);
  }

  @Override
  protected void write(Found found, DataOutputView out) throws IOException {
    out.writeLong(found.id());
    out.writeLong(found.source());
    out.writeLong(found.target());
    out.writeLong(found.timeMs());
    writeDoubles(found.values(), out);
    out.writeInt(found.cycles().size());
    for (List<Hop> cycle : found.cycles()) {
      writeHops(cycle, out);
    }
    writeHops(found.middlemen(), out);
    out.writeBoolean(found.late());
    out.writeBoolean(found.cut());
  }

  @Override
  protected Found read(int version, DataInputView in) throws IOException {
    return new Found(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readDoubles(in),
        readCycles(in),
        readHops(in),
        in.readBoolean(),
        in.readBoolean());
  }

  private static List<List<Hop>> readCycles(DataInputView in) throws IOException {
    int count = in.readInt();
    List<List<Hop>> cycles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cycles.add(readHops(in));
    }
    return cycles;
  }

  private static void writeHops(List<Hop> hops, DataOutputView out) throws IOException {
    out.writeInt(hops.size());
    for (Hop hop : hops) {
      out.writeLong(hop.payment());
      out.writeLong(hop.from());
      out.writeLong(hop.to());
      out.writeLong(hop.timeMs());
      out.writeLong(hop.value());
    }
  }

  private static List<Hop> readHops(DataInputView in) throws IOException {
    int count = in.readInt();
    List<Hop> hops = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hops.add(new Hop(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
    return hops;
  }

  @Override
  public TypeSerializerSnapshot<Found> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Found> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
