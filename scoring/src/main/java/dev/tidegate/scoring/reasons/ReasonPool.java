package dev.tidegate.scoring.reasons;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes reasons beside the scoring loop, which never waits for them: an alert goes out at once
 * and its reasons follow under its id. Asking costs a copy of the row and a short lock. At most
 * {@code waiting} alerts are in front; while that many wait, further ones go behind them, where
 * {@code behind} have room, and the asker is told; beyond that the alert stays without reasons.
 *
 * <p>Thread safe. Work is done by the executor that is given, which stays its owner's.
 */
public final class ReasonPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReasonPool.class);

  /** What becomes of a request. */
  public enum Admission {
    /** In the queue. */
    QUEUED,
    /** The queue is full; the reasons come when it is empty. */
    LATER,
    /** No room, or the pool is closed: there will be no reasons. */
    REFUSED
  }

  /**
   * Room and workers.
   *
   * @param waiting alerts in the queue, 1 or more
   * @param behind alerts behind a full queue, 0 or more
   * @param workers tasks in the executor at a time, 1 or more
   */
  public record Bounds(int waiting, int behind, int workers) {
    /** Checks every value. */
    public Bounds {
      if (waiting < 1 || behind < 0 || workers < 1) {
        throw new IllegalArgumentException("a pool needs room for 1 alert and 1 worker");
      }
    }
  }

  /**
   * What happened since the start.
   *
   * @param explained reasons that were handed on
   * @param later requests that met a full queue and were kept
   * @param refused requests without room, or dropped at closing
   * @param failed rows that could not be explained or handed on
   */
  public record Counts(long explained, long later, long refused, long failed) {}

  private static final class Request {
    private final String id;
    private final float[] row;

    private Request(String id, float[] row) {
      this.id = id;
      this.row = row;
    }
  }

  // configuration
  private final Function<float[], Reasons> explain;
  private final BiConsumer<String, Reasons> sink;
  private final Executor executor;
  private final Bounds bounds;

  // runtime, guarded by this
  private final Deque<Request> queue = new ArrayDeque<>();
  private final Deque<Request> behind = new ArrayDeque<>();
  private Counts counts = new Counts(0, 0, 0, 0);
  private int working;
  private boolean closed;

  /**
   * A pool without work.
   *
   * @param explain called by several workers at once, such as {@link Explainer#explain}
   * @param sink takes an alert's id and its reasons, on a worker's thread
   */
  public ReasonPool(
      Function<float[], Reasons> explain,
      BiConsumer<String, Reasons> sink,
      Executor executor,
      Bounds bounds) {
    this.explain = explain;
    this.sink = sink;
    this.executor = executor;
    this.bounds = bounds;
  }

  /**
   * Asks for the reasons of an alert.
   *
   * @param id of the alert
   * @param row the features it was scored on; copied
   */
  public Admission ask(String id, float[] row) {
    boolean start;
    Admission admission;
    synchronized (this) {
      admission = admit(new Request(id, row.clone()));
      start = admission != Admission.REFUSED && working < bounds.workers();
      if (start) {
        working++;
      }
    }
    if (start) {
      start();
    }
    return admission;
  }

  private Admission admit(Request request) {
    if (!closed && queue.size() < bounds.waiting()) {
      queue.add(request);
      return Admission.QUEUED;
    }
    if (!closed && behind.size() < bounds.behind()) {
      behind.add(request);
      counts = new Counts(counts.explained, counts.later + 1, counts.refused, counts.failed);
      return Admission.LATER;
    }
    refuse(1);
    return Admission.REFUSED;
  }

  /**
   * An executor that takes no more work leaves the requests to workers that run, or to the next.
   */
  private void start() {
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException e) {
      LOG.warn("the pool of reasons found no worker: {}", e.getMessage());
      synchronized (this) {
        working--;
      }
    }
  }

  private void work() {
    boolean ended = false;
    try {
      explainAll();
      ended = true;
    } finally {
      if (!ended) { // an error ends this worker; the next request is to find another
        synchronized (this) {
          working--;
        }
      }
    }
  }

  private void explainAll() {
    for (Request next = take(); next != null; next = take()) {
      boolean done = false;
      try {
        sink.accept(next.id, explain.apply(next.row));
        done = true;
      } catch (RuntimeException e) {
        LOG.warn("no reasons for alert {}", next.id, e);
      }
      synchronized (this) {
        counts =
            new Counts(
                counts.explained + (done ? 1 : 0),
                counts.later,
                counts.refused,
                counts.failed + (done ? 0 : 1));
      }
    }
  }

  private synchronized @Nullable Request take() {
    Request next = queue.poll();
    if (next == null) {
      next = behind.poll();
    }
    if (next == null) {
      working--;
    }
    return next;
  }

  private void refuse(int more) {
    counts = new Counts(counts.explained, counts.later, counts.refused + more, counts.failed);
  }

  /** What happened so far. */
  public synchronized Counts counts() {
    return counts;
  }

  /** Takes no more and drops what waits, counted as refused; what is being computed is finished. */
  @Override
  public synchronized void close() {
    closed = true;
    refuse(queue.size() + behind.size());
    queue.clear();
    behind.clear();
  }
}
