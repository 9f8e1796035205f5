package dev.tidegate.features;

import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import dev.tidegate.features.history.Recent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A layout as bytes, kept once beside the state that was written under it. Since version 2 they
 * begin with the version as a negative number; those of before begin with the number of measures,
 * and have no sequence.
 */
final class LayoutCodec {
  private static final int VERSION = 2;

  private LayoutCodec() {}

  static void write(Layout layout, DataOutputView out) throws IOException {
    out.writeInt(-VERSION);
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
    writeRecent(layout.recent(), out);
  }

  private static void writeRecent(Recent recent, DataOutputView out) throws IOException {
    out.writeInt(recent.length());
    out.writeInt(recent.columns().size());
    for (Recent.Column column : recent.columns()) {
      out.writeUTF(column.what().name());
      out.writeInt(column.tag());
    }
  }

  private static void writeWords(List<String> words, DataOutputView out) throws IOException {
    out.writeInt(words.size());
    for (String word : words) {
      out.writeUTF(word);
    }
  }

  static Layout read(DataInputView in) throws IOException {
    int first = in.readInt();
    if (first < -VERSION) {
      throw new IOException("a layout of version " + -first + " is newer than this program");
    }
    List<Measure> measures = readMeasures(first < 0 ? in.readInt() : first, in);
    List<String> filters = readWords(in);
    List<String> tags = readWords(in);
    return new Layout(measures, filters, tags, first < 0 ? readRecent(in) : Recent.NONE);
  }

  private static List<Measure> readMeasures(int size, DataInputView in) throws IOException {
    List<Measure> measures = new ArrayList<>();
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
    return measures;
  }

  private static Recent readRecent(DataInputView in) throws IOException {
    int length = in.readInt();
    List<Recent.Column> columns = new ArrayList<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      columns.add(new Recent.Column(Recent.What.valueOf(in.readUTF()), in.readInt()));
    }
    return new Recent(length, columns);
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
