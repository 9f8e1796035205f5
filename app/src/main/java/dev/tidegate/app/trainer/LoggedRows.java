package dev.tidegate.app.trainer;

import dev.tidegate.app.offline.Customers;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.RowLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers logged vectors: of each payment the first, since a repeated one is bit-equal, and those
 * of one feature set alone. The champion scores them as they come. Not thread safe.
 */
final class LoggedRows {
  private static final int BATCH = 1_024;

  // configuration
  private final String digest;
  private final long untilMs;
  private final RowLayout layout;
  private final RowLayout championLayout;
  private final Model champion;

  // runtime
  private final Set<String> seen = new HashSet<>();
  private final Map<String, String> words = new HashMap<>();
  private final List<LoggedRow> rows = new ArrayList<>();
  private final float[] batch;
  private final List<LoggedRow> waiting = new ArrayList<>();
  private long others;
  private final Set<String> unripe = new HashSet<>();

  /**
   * Of one feature set.
   *
   * @param digest of the feature set
   * @param untilMs payments from this moment on are too young for their labels and left out
   * @param layout of the rows to train on
   * @param champion scores on {@code championLayout}; belongs to the caller
   */
  LoggedRows(
      String digest, long untilMs, RowLayout layout, Model champion, RowLayout championLayout) {
    this.digest = digest;
    this.untilMs = untilMs;
    this.layout = layout;
    this.champion = champion;
    this.championLayout = championLayout;
    this.batch = new float[BATCH * championLayout.width()];
  }

  void add(FeatureVector vector) {
    Transaction payment = vector.getTransaction();
    if (!vector.getFeatureDigest().equals(digest)) {
      others++;
      return;
    }
    if (payment.getEventTimeMs() >= untilMs) {
      unripe.add(payment.getTransactionId());
      return;
    }
    float[] row = new float[layout.width()];
    if (seen.contains(payment.getTransactionId())
        || !layout.place(vector, row, 0)
        || !championLayout.place(vector, batch, waiting.size() * championLayout.width())) {
      return;
    }
    seen.add(payment.getTransactionId());
    Map<PaymentPart, String> parts = new EnumMap<>(PaymentPart.class);
    for (PaymentPart part : PaymentPart.values()) {
      String value = part.of(payment);
      if (value != null) {
        parts.put(part, word(value));
      }
    }
    waiting.add(
        new LoggedRow(
            payment.getTransactionId(),
            payment.getEventTimeMs(),
            row,
            word(Customers.of(payment)),
            parts));
    if (waiting.size() == BATCH) {
      score();
    }
  }

  /** The same text once in memory. */
  private String word(String text) {
    return words.computeIfAbsent(text, same -> same);
  }

  private void score() {
    float[] scores = new float[waiting.size()];
    champion.score(batch, scores.length, scores);
    for (int i = 0; i < scores.length; i++) {
      waiting.get(i).scoredByChampion(scores[i]);
    }
    rows.addAll(waiting);
    waiting.clear();
  }

  /** All rows by time and id, so that they are the same in whatever order they came. */
  List<LoggedRow> sorted() {
    score();
    rows.sort(Comparator.comparingLong(LoggedRow::timeMs).thenComparing(LoggedRow::id));
    return Collections.unmodifiableList(rows);
  }

  /** Rows so far. */
  int size() {
    return rows.size() + waiting.size();
  }

  /** Vectors of other feature sets, left out. */
  long others() {
    return others;
  }

  /** Payments too young for their labels, left out. */
  long unripe() {
    return unripe.size();
  }
}
