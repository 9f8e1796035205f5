package dev.tidegate.graphaml.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.pattern.EvidenceBook.Span;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Streams;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceBookTest {
  private static final GraphSettings SETTINGS = Streams.unbounded(12);
  private static final int PAYMENTS = 20_000;

  /** Chunks in a map, as a state backend would keep them. */
  private static final class HeapStore implements EvidenceBook.Store {
    private final Map<Long, Span> spans = new HashMap<>();
    private final Map<Long, byte[]> chunks = new HashMap<>();
    private int puts;

    @Override
    public List<Span> spans() {
      return List.copyOf(spans.values());
    }

    @Override
    public byte[] chunk(long number) {
      return Objects.requireNonNull(chunks.get(number));
    }

    @Override
    public void putChunk(Span span, byte[] chunk) {
      puts++;
      spans.put(span.number(), span);
      chunks.put(span.number(), chunk);
    }

    @Override
    public void removeChunk(long number) {
      spans.remove(number);
      chunks.remove(number);
    }
  }

  /** Times go up by a millisecond a payment, and some stand behind by what may be. */
  private static Edge edge(int id, Random random) {
    long behind = random.nextInt(4) == 0 ? random.nextInt(50) : 0;
    Hop hop = new Hop(id, id % 7, id % 5, Math.max(0, id - behind), 100L + id);
    return new Edge(hop, "t" + id, "from" + id, "to" + id, id, "EUR");
  }

  @Test
  void shouldKnowEveryPaymentThatASearchMayFindWhereverItStopped() {
    HeapStore store = new HeapStore();
    EvidenceBook book = new EvidenceBook(SETTINGS, store);
    Random random = new Random(5);
    Edge[] edges = new Edge[PAYMENTS];
    for (int id = 0; id < PAYMENTS; id++) {
      if (id % 777 == 0 || id == 4 * EvidenceBook.FULL) {
        long newestMs = book.newestMs();
        book.flush();
        book = new EvidenceBook(SETTINGS, store);
        assertThat(book.newestMs()).isEqualTo(newestMs);
      }
      edges[id] = edge(id, random);
      book.keep(edges[id]);
      int old = id - random.nextInt((int) Math.min(id, SETTINGS.retentionMs()) + 1);
      if (edges[old].hop().timeMs() >= book.newestMs() - SETTINGS.retentionMs()) {
        assertThat(book.edge(edges[old].hop())).isEqualTo(edges[old]);
      }
    }
    long most = SETTINGS.retentionMs() / EvidenceBook.FULL + 3;
    assertThat(store.chunks).hasSizeLessThanOrEqualTo((int) most).hasSameSizeAs(store.spans);
    assertThat(store.puts).as("once a chunk and a stop").isLessThan(120);
    EvidenceBook last = book;
    assertThatThrownBy(() -> last.edge(edges[0].hop())).hasMessageContaining("damaged");
  }

  @Test
  void shouldWriteAChunkAsItDidInVersion1() {
    Edge edge = new Edge(new Hop(1, 2, 3, 4, -5), "t", "a", "b", 6, "EUR");
    byte[] bytes = EvidenceChunk.bytes(List.of(edge));
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(VERSION_1);
    assertThat(EvidenceChunk.read(bytes)).containsExactly(edge);
    bytes[0] = EvidenceChunk.VERSION + 1;
    assertThatThrownBy(() -> EvidenceChunk.read(bytes)).hasMessageContaining("version 2");
  }

  private static final String VERSION_1 =
      "01"
          + "00000001"
          + "0000000000000001"
          + "0000003e"
          + "0000000000000001"
          + "0000000000000002"
          + "0000000000000003"
          + "0000000000000004"
          + "fffffffffffffffb"
          + "000174"
          + "000161"
          + "000162"
          + "0000000000000006"
          + "0003455552";
}
