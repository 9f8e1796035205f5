package dev.tidegate.graphaml;

import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.EdgeBytes;
import dev.tidegate.graphaml.pattern.EpisodeStore;
import dev.tidegate.graphaml.pattern.EvidenceBook;
import dev.tidegate.graphaml.pattern.EvidenceBook.Span;
import dev.tidegate.graphaml.temporal.GraphSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What patterns keep in Flink's backend, under the key that is set when it is used: for each
 * payment that a graph may yet ask for what evidence needs, and the open episodes.
 *
 * @param payments one by one, as builds before the book kept them; {@link #book} moves them
 * @param spans of the book's chunks: oldest, latest and newest time
 * @param chunks of the book
 * @param episodes open ones
 */
public record KeyedEvidence(
    MapState<Long, byte[]> payments,
    MapState<Long, long[]> spans,
    MapState<Long, byte[]> chunks,
    MapState<String, byte[]> episodes)
    implements EpisodeStore {

  /** In a task's keyed state. */
  public static KeyedEvidence of(KeyedStateStore states) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    var longs = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    return new KeyedEvidence(
        states.getMapState(new MapStateDescriptor<>("graph-payments", Types.LONG, bytes)),
        states.getMapState(new MapStateDescriptor<>("graph-evidence-spans", Types.LONG, longs)),
        states.getMapState(new MapStateDescriptor<>("graph-evidence-chunks", Types.LONG, bytes)),
        states.getMapState(new MapStateDescriptor<>("graph-episodes", Types.STRING, bytes)));
  }

  /** The payments that may become evidence, those that an earlier build kept among them. */
  public EvidenceBook book(GraphSettings settings) {
    EvidenceBook book = new EvidenceBook(settings, new Chunks(spans, chunks));
    List<Edge> before = new ArrayList<>();
    KeyedLog.write(
        () -> {
          for (byte[] payment : payments.values()) {
            before.add(EdgeBytes.read(payment));
          }
          payments.clear();
        });
    before.sort(
        Comparator.<Edge>comparingLong(edge -> edge.hop().timeMs())
            .thenComparingLong(edge -> edge.hop().payment()));
    before.forEach(book::keep);
    return book;
  }

  /** Chunks of the book in states. */
  private record Chunks(MapState<Long, long[]> times, MapState<Long, byte[]> bytes)
      implements EvidenceBook.Store {
    @Override
    public List<Span> spans() {
      List<Span> known = new ArrayList<>();
      KeyedLog.write(
          () -> {
            for (Map.Entry<Long, long[]> entry : times.entries()) {
              long[] span = entry.getValue();
              known.add(new Span(entry.getKey(), span[0], span[1], span[2]));
            }
          });
      return known;
    }

    @Override
    public byte[] chunk(long number) {
      return Objects.requireNonNull(
          KeyedLog.read(() -> bytes.get(number)),
          "the state of patterns lacks a chunk: it is damaged");
    }

    @Override
    public void putChunk(Span span, byte[] chunk) {
      KeyedLog.write(
          () -> {
            bytes.put(span.number(), chunk);
            times.put(
                span.number(), new long[] {span.oldestMs(), span.latestMs(), span.newestMs()});
          });
    }

    @Override
    public void removeChunk(long number) {
      KeyedLog.write(
          () -> {
            bytes.remove(number);
            times.remove(number);
          });
    }
  }

  @Override
  public void each(Consumer<byte[]> reader) {
    KeyedLog.write(
        () -> {
          for (byte[] episode : episodes.values()) {
            reader.accept(episode);
          }
        });
  }

  @Override
  public void put(String id, byte[] episode) {
    KeyedLog.write(() -> episodes.put(id, episode));
  }

  @Override
  public void remove(String id) {
    KeyedLog.write(() -> episodes.remove(id));
  }
}
