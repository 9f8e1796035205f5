package dev.tidegate.graphaml.log;

import dev.tidegate.graphaml.log.LogChunk.Entry;
import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The log of a graph: every payment that it took and still needs, in chunks, oldest first, and the
 * accounts whose payments have left it. What changes between two checkpoints is the newest chunk,
 * so that a store which saves only changes saves in proportion to the new payments and not to the
 * graph. A payment leaves once no window, no component and no late payment can ask for it; then its
 * accounts' first and last times are kept until the graph forgets them.
 *
 * <p>The graph built again answers bit for bit as the one of before: same order of payments, same
 * newest time before each, and for each payment whether it joined components, which depended on
 * hubs of a time that the log no longer holds. Cost: constant an added payment; building again
 * inserts every payment of the log. Not thread safe.
 */
public final class GraphLog {
  private static final int FIRST = 0;
  private static final int NEXT = 1;

  // configuration
  private final LogStore store;
  private final List<String> codes;
  private final long keptMs;
  private final long memoryMs;

  // runtime
  private final TemporalGraph graph;
  private final Deque<Long> newestOfChunks = new ArrayDeque<>();
  private final AccountTimes times = new AccountTimes();
  private long first;
  private LogChunk open;
  private boolean changed;

  /** The log in a store, with the graph that it holds. */
  public GraphLog(GraphSettings settings, LogStore store) {
    this.store = store;
    codes = settings.currencies().stream().map(CurrencyRule::code).toList();
    GraphSettings.Horizons horizons = settings.horizons();
    keptMs =
        horizons.disorderMs() + Math.max(settings.patternWindow().ms(), 2 * horizons.epochMs());
    memoryMs = horizons.memoryMs();
    graph = new TemporalGraph(settings);
    open = new LogChunk(graph.newestMs(), codes);
    graph.memory().onForgotten(this::forget);
    restore();
  }

  /**
   * Lists accounts in the graph; to be told at each start, since the log does not hold them.
   *
   * @param hubs fingerprints of accounts that are hubs
   * @param risky fingerprints of accounts that are risky members
   */
  public void list(LongStream hubs, LongStream risky) {
    hubs.forEach(account -> graph.listHub(account, true));
    risky.forEach(account -> graph.markRisky(account, true));
  }

  /** The graph; payments added to it must be told to {@link #added}. */
  public TemporalGraph graph() {
    return graph;
  }

  private void restore() {
    long[] header = store.header();
    if (header == null) {
      return;
    }
    first = header[FIRST];
    for (long number = first; number < header[NEXT]; number++) {
      LogChunk chunk = LogChunk.read(store.chunk(number));
      if (number == first) {
        begin(chunk);
      }
      chunk.entries().forEach(entry -> restore(chunk, entry));
      if (number + 1 < header[NEXT]) {
        newestOfChunks.add(graph.newestMs());
        open = new LogChunk(graph.newestMs(), codes);
      } else {
        open = reopened(chunk);
      }
    }
  }

  private void begin(LogChunk chunk) {
    if (chunk.newestBeforeMs() != Long.MIN_VALUE) {
      graph.advance(chunk.newestBeforeMs());
    }
    store.accounts(
        (account, firstMs, lastMs) -> {
          graph.memory().tell(account, firstMs, lastMs);
          times.read(account, firstMs, lastMs);
        });
  }

  /** A payment whose currency the settings no longer know is left out, as it would be today. */
  private void restore(LogChunk chunk, Entry entry) {
    Payment payment = entry.payment();
    int currency = codes.indexOf(chunk.currencies().get(payment.currency()));
    if (currency >= 0) {
      graph.restore(in(payment, currency), entry.joined());
    }
  }

  /** The newest chunk goes on with the currencies of today. */
  private LogChunk reopened(LogChunk chunk) {
    LogChunk again = new LogChunk(chunk.newestBeforeMs(), codes);
    for (Entry entry : chunk.entries()) {
      int currency = codes.indexOf(chunk.currencies().get(entry.payment().currency()));
      if (currency >= 0) {
        again.add(in(entry.payment(), currency), entry.joined());
      }
    }
    return again;
  }

  private static Payment in(Payment payment, int currency) {
    return new Payment(
        payment.id(),
        payment.source(),
        payment.target(),
        payment.timeMs(),
        payment.amountMinor(),
        currency);
  }

  /** The graph has added a payment. */
  public void added(Payment payment) {
    open.add(payment, graph.joined());
    changed = true;
    if (open.full()) {
      store.putChunk(first + newestOfChunks.size(), open.bytes());
      newestOfChunks.add(graph.newestMs());
      open = new LogChunk(graph.newestMs(), codes);
      dropOld();
    }
  }

  private void dropOld() {
    while (!newestOfChunks.isEmpty() && newestOfChunks.getFirst() < graph.newestMs() - keptMs) {
      LogChunk chunk = LogChunk.read(store.chunk(first));
      long newestMs = chunk.newestBeforeMs();
      for (Entry entry : chunk.entries()) {
        Payment payment = entry.payment();
        newestMs = Math.max(newestMs, payment.timeMs());
        remember(payment.source(), payment.timeMs(), newestMs);
        remember(payment.target(), payment.timeMs(), newestMs);
      }
      store.removeChunk(first);
      first++;
      newestOfChunks.removeFirst();
    }
  }

  /**
   * Adds a payment that leaves the log to what is known of an account. An entry stands for the
   * payments before the log, not for the account as it is now: it is told to a graph that then
   * takes the log again, and must forget the account where the graph of before forgot it.
   */
  private void remember(long account, long timeMs, long newestMs) {
    int known = times.find(account);
    if (!graph.memory().knows(account)) {
      forget(account);
      return;
    }
    boolean fresh = known < 0 || times.last(known) < newestMs - memoryMs;
    times.put(
        account,
        fresh ? timeMs : Math.min(times.first(known), timeMs),
        fresh ? timeMs : Math.max(times.last(known), timeMs));
  }

  private void forget(long account) {
    if (times.remove(account)) {
      store.removeAccount(account);
    }
  }

  /** Puts into the store what is not there yet; before each checkpoint. */
  public void flush() {
    if (!changed) {
      return;
    }
    long next = first + newestOfChunks.size();
    store.putChunk(next, open.bytes());
    store.putHeader(new long[] {first, next + 1});
    times.tell(store);
    changed = false;
  }

  /** Chunks that are kept, the newest among them. */
  public int chunks() {
    return newestOfChunks.size() + 1;
  }
}
