package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What evidence needs of every payment that a search may yet find, in chunks of 256, oldest first:
 * a store is written once a chunk, not once a payment. A chunk goes when all of its payments are
 * older than any that a search can find. Cost: constant a payment; a payment that is asked for is
 * looked for in the chunks of its time. Not thread safe.
 */
public final class EvidenceBook implements Ledger {
  /** Payments of a full chunk, some 40 KB. */
  static final int FULL = 256;

  // configuration
  private final Store store;
  private final long keptMs;

  // runtime
  private final Deque<Span> spans = new ArrayDeque<>();
  private final List<Edge> open = new ArrayList<>(FULL);
  private long next;
  private long newestMs = Long.MIN_VALUE;

  /**
   * What is known of a chunk without reading it.
   *
   * @param number of the chunk, from 0
   * @param oldestMs smallest time of its payments
   * @param latestMs largest time of its payments
   * @param newestMs largest time of its payments and of all before it
   */
  public record Span(long number, long oldestMs, long latestMs, long newestMs) {}

  /** Where the chunks are kept: the state of a job, or a map in a test. */
  public interface Store {
    /** The spans of all chunks, in any order. */
    List<Span> spans();

    /** A chunk's bytes. */
    byte[] chunk(long number);

    /** Puts a chunk, in place of the one with its number if there is one. */
    void putChunk(Span span, byte[] chunk);

    /** Lets a chunk go. */
    void removeChunk(long number);
  }

  /** The book as it stands in a store. */
  public EvidenceBook(GraphSettings settings, Store store) {
    this.store = store;
    keptMs = settings.retentionMs();
    List<Span> known = new ArrayList<>(store.spans());
    known.sort((left, right) -> Long.compare(left.number, right.number));
    spans.addAll(known);
    if (!spans.isEmpty()) {
      Span last = spans.removeLast();
      newestMs = last.newestMs;
      next = last.number;
      open.addAll(EvidenceChunk.read(store.chunk(next)));
      putIfFull();
    }
  }

  /** The largest time of a payment so far; the smallest long if there was none. */
  public long newestMs() {
    return newestMs;
  }

  /** Keeps a payment that may be asked for. */
  public void keep(Edge edge) {
    newestMs = Math.max(newestMs, edge.hop().timeMs());
    open.add(edge);
    putIfFull();
  }

  private void putIfFull() {
    if (open.size() < FULL) {
      return;
    }
    spans.addLast(put());
    next++;
    open.clear();
    while (!spans.isEmpty() && spans.getFirst().newestMs < newestMs - keptMs) {
      store.removeChunk(spans.removeFirst().number);
    }
  }

  private Span put() {
    long oldestMs = Long.MAX_VALUE;
    long latestMs = Long.MIN_VALUE;
    for (Edge edge : open) {
      oldestMs = Math.min(oldestMs, edge.hop().timeMs());
      latestMs = Math.max(latestMs, edge.hop().timeMs());
    }
    Span span = new Span(next, oldestMs, latestMs, newestMs);
    store.putChunk(span, EvidenceChunk.bytes(open));
    return span;
  }

  @Override
  public Edge edge(Hop hop) {
    Edge edge = find(hop);
    if (edge == null) {
      throw new IllegalStateException(
          "the graph's state lacks a payment of its log: it is damaged");
    }
    return edge;
  }

  /** Whether the payment of a hop was kept and has not gone yet. */
  public boolean holds(Hop hop) {
    return find(hop) != null;
  }

  private @Nullable Edge find(Hop hop) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).hop().payment() == hop.payment()) {
        return open.get(i);
      }
    }
    for (Iterator<Span> each = spans.descendingIterator(); each.hasNext(); ) {
      Span span = each.next();
      if (span.oldestMs <= hop.timeMs() && hop.timeMs() <= span.latestMs) {
        Edge edge = EvidenceChunk.find(store.chunk(span.number), hop.payment());
        if (edge != null) {
          return edge;
        }
      }
    }
    return null;
  }

  /** Puts into the store what is not there yet; before each checkpoint. */
  public void flush() {
    if (!open.isEmpty()) {
      put();
    }
  }
}
