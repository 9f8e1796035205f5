package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payment's features and its signals to one vector, whichever comes first. Time is the graph's:
 * its watermark is past a payment only when the signals of all payments up to then are there, so a
 * payment in order always meets its signals. A vector whose signals have not come when the graph is
 * past it by {@link JoinBounds#waitMs} goes on without: not a number in their places, 1 in the
 * last. Every vector goes on, and once; a half that comes again is dropped. Constant time a half.
 *
 * <p>Signals begin somewhere: where the lane is switched on at a graph that runs, those of before
 * are gone, and [features] still hold days of vectors. Such a vector, of before the first signals
 * that came in order and before the graph's first watermark, is dropped and counted: its payment is
 * history, and was scored by nobody then.
 *
 * <p>Not thread safe; belongs to one task.
 */
final class VectorJoin {
  private static final Float KNOWN = 0f;
  private static final Float UNKNOWN = 1f;

  // configuration
  private final int signals;
  private final String signalDigest;
  private final JoinBounds bounds;

  // runtime
  private final Map<String, String> digests = new HashMap<>();
  private @Nullable Long sinceMs;
  private long history;

  /** A join with signals of a number and a digest. */
  VectorJoin(int signals, String signalDigest, JoinBounds bounds) {
    this.signals = signals;
    this.signalDigest = signalDigest;
    this.bounds = bounds;
  }

  /** From when on there are signals; null while none have come. */
  @Nullable Long sinceMs() {
    return sinceMs;
  }

  /** There are signals from that time on, milliseconds, if not from before. */
  void since(long timeMs) {
    sinceMs = sinceMs == null ? timeMs : Math.min(sinceMs, timeMs);
  }

  /**
   * The graph's watermark has come for the first time, or again: signals of later payments have yet
   * to come, though this task may see none for long. Without it a payment that comes late before
   * the first of the task's signals would count as history.
   */
  void reached(long watermarkMs) {
    if (sinceMs == null) {
      sinceMs = watermarkMs;
    }
  }

  /** Vectors of before the signals that were dropped since this was asked last. */
  long takeHistory() {
    long taken = history;
    history = 0;
    return taken;
  }

  /** When a vector goes on without signals. */
  long dueMs(FeatureVector vector) {
    return vector.getTransaction().getEventTimeMs() + bounds.waitMs();
  }

  /** When a payment of a time is forgotten. */
  long forgottenMs(long eventTimeMs) {
    return eventTimeMs + bounds.keptMs();
  }

  /**
   * A vector has come.
   *
   * @param nowMs the graph's watermark
   * @return what goes on; null while it waits, if it was there before, or is of before the signals
   */
  @Nullable FeatureVector came(FeatureVector vector, long nowMs, Halves halves) {
    if (halves.goneMs() != null || halves.vector() != null) {
      return null;
    }
    GraphSignal signal = halves.signal();
    if (signal == null && nowMs < dueMs(vector)) {
      halves.keep(vector);
      return null;
    }
    return send(vector, signal, halves);
  }

  /**
   * Signals have come.
   *
   * @return what goes on; null if the vector has not come, or has gone
   */
  @Nullable FeatureVector came(GraphSignal signal, Halves halves) {
    if (!signal.getLate()) {
      since(signal.getEventTimeMs());
    }
    if (halves.goneMs() != null) {
      return null;
    }
    FeatureVector vector = halves.vector();
    if (vector != null) {
      return send(vector, signal, halves);
    }
    if (halves.signal() == null) {
      halves.keep(signal);
    }
    return null;
  }

  /**
   * Time has passed: a vector that is due goes on, a payment that is old is forgotten.
   *
   * @param nowMs the graph's watermark
   * @return what goes on without signals; null if nothing is due, or what is is of before the
   *     signals
   */
  @Nullable FeatureVector passed(long nowMs, Halves halves) {
    FeatureVector vector = halves.vector();
    if (vector != null) {
      return nowMs < dueMs(vector) ? null : send(vector, null, halves);
    }
    Long nextMs = nextMs(halves);
    if (nextMs != null && nowMs >= nextMs) {
      halves.clear();
    }
    return null;
  }

  /**
   * When time is to be looked at again for a payment, under these bounds, which may be others than
   * those it came under; null if nothing is kept of it.
   */
  @Nullable Long nextMs(Halves halves) {
    FeatureVector vector = halves.vector();
    if (vector != null) {
      return dueMs(vector);
    }
    GraphSignal signal = halves.signal();
    Long timeMs = signal == null ? halves.goneMs() : Long.valueOf(signal.getEventTimeMs());
    return timeMs == null ? null : Long.valueOf(forgottenMs(timeMs));
  }

  private @Nullable FeatureVector send(
      FeatureVector vector, @Nullable GraphSignal signal, Halves halves) {
    long timeMs = vector.getTransaction().getEventTimeMs();
    halves.go(timeMs);
    if (signal == null && (sinceMs == null || timeMs < sinceMs)) {
      history++;
      return null;
    }
    return joined(vector, signal);
  }

  private FeatureVector joined(FeatureVector vector, @Nullable GraphSignal signal) {
    List<Float> values = new ArrayList<>(vector.getValues().size() + signals + 1);
    values.addAll(vector.getValues());
    values.addAll(signal == null ? Collections.nCopies(signals, Float.NaN) : signal.getValues());
    values.add(signal == null || says(signal) == 0 ? UNKNOWN : KNOWN);
    return new FeatureVector(
        vector.getTransaction(),
        digest(vector, signal),
        values,
        vector.getLate() || (signal != null && signal.getLate()),
        vector.getApproximate(),
        vector.getSequences());
  }

  /** How many of its values are numbers: none of a payment that the graph did not take. */
  private static long says(GraphSignal signal) {
    return signal.getValues().stream().filter(value -> !value.isNaN()).count();
  }

  private String digest(FeatureVector vector, @Nullable GraphSignal signal) {
    String signalsBy = signal == null ? signalDigest : signal.getSignalDigest();
    return digests.computeIfAbsent(
        vector.getFeatureDigest() + " " + signalsBy,
        both -> JoinedSet.digest(vector.getFeatureDigest(), signalsBy));
  }
}
