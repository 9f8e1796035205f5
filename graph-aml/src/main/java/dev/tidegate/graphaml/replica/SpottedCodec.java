package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.EdgeBytes;
import dev.tidegate.graphaml.pattern.Sighting;
import dev.tidegate.graphaml.shard.WireCodec;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.schemas.event.LaunderingPattern;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What was seen of payments, between tasks and in checkpoints. */
public final class SpottedCodec extends WireCodec<Spotted> {
  /** The one there is. */
  public static final SpottedCodec INSTANCE = new SpottedCodec();

  @Serial private static final long serialVersionUID = 1L;

  private SpottedCodec() {
    super(Spotted.class, 1);
  }

  @Override
  protected void write(Spotted spotted, DataOutputView out) throws IOException {
    out.writeLong(spotted.number());
    Edge edge = spotted.edge();
    out.writeBoolean(edge != null);
    if (edge == null) {
      return;
    }
    out.writeLong(spotted.ingestedAtMs());
    EdgeBytes.write(edge, out);
    out.writeByte(spotted.sightings().size());
    for (Sighting sighting : spotted.sightings()) {
      writeSighting(sighting, out);
    }
  }

  private static void writeSighting(Sighting sighting, DataOutputView out) throws IOException {
    out.writeUTF(sighting.pattern().name());
    out.writeLong(sighting.focus());
    out.writeInt(sighting.width());
    out.writeInt(sighting.smallest());
    out.writeInt(sighting.joints().size());
    for (long joint : sighting.joints()) {
      out.writeLong(joint);
    }
    out.writeInt(sighting.hops().size());
    for (Hop hop : sighting.hops()) {
      out.writeLong(hop.payment());
      out.writeLong(hop.from());
      out.writeLong(hop.to());
      out.writeLong(hop.timeMs());
      out.writeLong(hop.value());
    }
  }

  @Override
  protected Spotted read(int version, DataInputView in) throws IOException {
    long number = in.readLong();
    if (!in.readBoolean()) {
      return Spotted.nothing(number);
    }
    long ingestedAtMs = in.readLong();
    Edge edge = EdgeBytes.read(in);
    List<Sighting> sightings = new ArrayList<>();
    for (int left = in.readByte(); left > 0; left--) {
      sightings.add(readSighting(in));
    }
    return new Spotted(number, ingestedAtMs, edge, sightings);
  }

  private static Sighting readSighting(DataInputView in) throws IOException {
    LaunderingPattern pattern = LaunderingPattern.valueOf(in.readUTF());
    long focus = in.readLong();
    int width = in.readInt();
    int smallest = in.readInt();
    Set<Long> joints = new LinkedHashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      joints.add(in.readLong());
    }
    List<Hop> hops = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      hops.add(new Hop(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
    return new Sighting(pattern, focus, width, smallest, joints, hops);
  }

  @Override
  public TypeSerializerSnapshot<Spotted> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Each carries its version itself. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Spotted> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
