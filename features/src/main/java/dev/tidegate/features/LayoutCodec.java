package dev.tidegate.features;

import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A layout as bytes, kept once beside the state that was written under it. */
final class LayoutCodec {
  private LayoutCodec() {}

  static void write(Layout layout, DataOutputView out) throws IOException {
    out.writeInt(layout.measures().size());
    for (Measure measure : layout.measures()) {
      out.writeUTF(measure.kind().name());
      out.writeUTF(measure.money().name());
      out.writeInt(measure.filter());
      out.writeInt(measure.tag());
      out.writeLong(measure.windowMs());
      out.writeLong(measure.delayMs());
      out.writeDouble(measure.quantile());
      out.writeBoolean(measure.withItself());
    }
    writeWords(layout.filters(), out);
    writeWords(layout.tags(), out);
  }

  private static void writeWords(List<String> words, DataOutputView out) throws IOException {
    out.writeInt(words.size());
    for (String word : words) {
      out.writeUTF(word);
    }
  }

  static Layout read(DataInputView in) throws IOException {
    List<Measure> measures = new ArrayList<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      measures.add(
          new Measure(
              Kind.valueOf(in.readUTF()),
              Money.valueOf(in.readUTF()),
              in.readInt(),
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readDouble(),
              in.readBoolean()));
    }
    return new Layout(measures, readWords(in), readWords(in));
  }

  private static List<String> readWords(DataInputView in) throws IOException {
    List<String> words = new ArrayList<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      words.add(in.readUTF());
    }
    return words;
  }
}
