package dev.tidegate.console.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.console.page.AlertRow;
import dev.tidegate.console.page.StatusStrip;
import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.AlertFilter;
import dev.tidegate.console.store.AlertJson;
import dev.tidegate.console.store.AlertQueries;
import dev.tidegate.console.store.Evidence;
import dev.tidegate.console.store.StoreException;
import dev.tidegate.console.store.StoredAlert;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The live stream, as server-sent events. Each listener reads the database from its own position on
 * its own thread, so replay after a lost connection and live delivery are the same code, nothing is
 * queued in memory, and a slow listener delays nobody. Thread safe.
 *
 * <p>Events: {@code alert} (id = its {@code seq}; data = JSON, or a table row for the page), {@code
 * status} (texts of the strip by key), {@code reset} (too much was missed to replay: load anew),
 * {@code reasons} (ids of alerts, whatever the filter, whose reasons came or whose pattern grew
 * since the stream opened; {@code more} if there are others: look again).
 */
public final class AlertStream implements AutoCloseable {
  /** Most alerts that are replayed one by one; beyond that the listener is told to load anew. */
  static final int LONGEST_REPLAY = 500;

  private static final long LOOK_MILLIS = 1_000;
  private static final int QUIET_LOOKS = 10;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  // configuration
  private final AlertQueries queries;
  private final Evidence evidence;
  private final Supplier<Standing> standings;
  private final InstantSource clock;

  // runtime
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long signals;
  private boolean closed;

  /** A stream of what the database holds. */
  public AlertStream(
      AlertQueries queries, Evidence evidence, Supplier<Standing> standings, InstantSource clock) {
    this.queries = queries;
    this.evidence = evidence;
    this.standings = standings;
    this.clock = clock;
  }

  /** Tells the listeners that there is something new; without it they look once a second. */
  public void signal() {
    lock.lock();
    try {
      signals++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends events until the listener leaves or the stream closes; blocks.
   *
   * @param wish what the listener wants
   * @throws IOException if the listener has left
   */
  void serve(Wish wish, OutputStream out) throws IOException, InterruptedException {
    Listener listener = new Listener(wish, out);
    listener.begin();
    long seen = 0;
    while (!isClosed()) {
      listener.look();
      seen = await(seen);
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private long await(long seen) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
      while (!closed && signals == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return signals;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What a listener wants.
   *
   * @param filter which alerts
   * @param after only those that arrived after this {@code seq}; empty for those from now on
   * @param rows true for table rows, false for JSON
   */
  record Wish(AlertFilter filter, OptionalLong after, boolean rows) {}

  /** Data of an event {@code reasons}. */
  private record ReasonsCame(List<String> alertIds, boolean more) {}

  /** One open stream; used by its own thread alone. */
  private final class Listener {
    private final Wish wish;
    private final OutputStream out;
    private long position;
    private Evidence.Position evidencePosition;
    private int quiet;
    private Map<String, String> told = Map.of();

    Listener(Wish wish, OutputStream out) {
      this.wish = wish;
      this.out = out;
      evidencePosition = new Evidence.Position(0, 0);
    }

    void begin() throws IOException {
      long newest = queries.newest();
      position = wish.after().orElse(newest);
      evidencePosition = evidence.newest();
      send("retry: 2000\n\n");
      if (position > newest) {
        position = newest;
        event("reset", Long.toString(newest), "{}");
      }
    }

    void look() throws IOException {
      quiet++;
      try {
        sendAlerts();
        sendReasons();
        sendStatus();
      } catch (StoreException e) {
        send(": the database does not answer\n\n");
      }
      if (quiet >= QUIET_LOOKS) {
        send(": still here\n\n");
      }
    }

    private void sendAlerts() throws IOException {
      long newest = queries.newest();
      if (newest <= position) {
        return;
      }
      List<StoredAlert> alerts =
          queries.between(wish.filter(), position, newest, LONGEST_REPLAY + 1);
      if (alerts.size() > LONGEST_REPLAY) {
        event("reset", Long.toString(newest), "{}");
      } else {
        for (StoredAlert alert : alerts) {
          event("alert", Long.toString(alert.seq()), text(alert));
        }
      }
      position = newest;
    }

    private void sendReasons() throws IOException {
      Evidence.Position newest = evidence.newest();
      if (newest.equals(evidencePosition)) {
        return;
      }
      List<String> ids = evidence.between(evidencePosition, newest, LONGEST_REPLAY + 1);
      boolean more = ids.size() > LONGEST_REPLAY;
      List<String> named = more ? ids.subList(0, LONGEST_REPLAY) : ids;
      event("reasons", "", json(new ReasonsCame(named, more)));
      evidencePosition = newest;
    }

    private void sendStatus() throws IOException {
      Map<String, String> texts = StatusStrip.texts(standings.get());
      if (!texts.equals(told)) {
        event("status", "", json(texts));
        told = texts;
      }
    }

    private String text(StoredAlert alert) {
      return wish.rows()
          ? AlertRow.of(alert, clock.instant()).html()
          : AlertJson.summary(alert).toString();
    }

    private void event(String name, String id, String data) throws IOException {
      StringBuilder text = new StringBuilder(data.length() + 64);
      text.append("event: ").append(name).append('\n');
      if (!id.isEmpty()) {
        text.append("id: ").append(id).append('\n');
      }
      data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
      send(text.append('\n').toString());
    }

    private void send(String text) throws IOException {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.flush();
      quiet = 0;
    }
  }

  private static String json(Object data) {
    try {
      return MAPPER.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and flags are always JSON", e);
    }
  }
}
