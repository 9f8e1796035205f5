package dev.tidegate.features;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A catalogue's entities as bytes, kept once beside the state that refers to them. */
final class EntityPartsCodec {
  private EntityPartsCodec() {}

  static void write(List<EntityPart> parts, DataOutputView out) throws IOException {
    out.writeInt(parts.size());
    for (EntityPart part : parts) {
      out.writeUTF(part.noun());
      out.writeInt(part.names().size());
      for (int i = 0; i < part.names().size(); i++) {
        out.writeUTF(part.names().get(i));
        out.writeInt(part.places().get(i));
      }
      out.writeInt(part.sequence());
      LayoutCodec.write(part.layout(), out);
    }
  }

  static List<EntityPart> read(DataInputView in) throws IOException {
    List<EntityPart> parts = new ArrayList<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      parts.add(part(in));
    }
    return List.copyOf(parts);
  }

  private static EntityPart part(DataInputView in) throws IOException {
    String noun = in.readUTF();
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      names.add(in.readUTF());
      places.add(in.readInt());
    }
    return new EntityPart(noun, names, places, in.readInt(), LayoutCodec.read(in));
  }
}
