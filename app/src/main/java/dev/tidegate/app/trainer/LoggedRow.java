package dev.tidegate.app.trainer;

import dev.tidegate.retrain.stability.PaymentPart;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payment as the trainer keeps it. Its champion's score comes later than the rest. */
final class LoggedRow {
  private final String id;
  private final long timeMs;
  private final float[] row;
  private final @Nullable String customer;
  private final Map<PaymentPart, String> parts;
  private float championScore = Float.NaN;

  /**
   * A payment that the champion has not scored yet.
   *
   * @param id the payment's id
   * @param timeMs event time, UTC milliseconds
   * @param row the challenger's input
   * @param customer who paid
   * @param parts its value of each part that it has
   */
  LoggedRow(
      String id,
      long timeMs,
      float[] row,
      @Nullable String customer,
      Map<PaymentPart, String> parts) {
    this.id = id;
    this.timeMs = timeMs;
    this.row = row;
    this.customer = customer;
    this.parts = Collections.unmodifiableMap(parts);
  }

  String id() {
    return id;
  }

  long timeMs() {
    return timeMs;
  }

  /** The row itself, not a copy. */
  float[] row() {
    return row;
  }

  @Nullable String customer() {
    return customer;
  }

  @Nullable String part(PaymentPart part) {
    return parts.get(part);
  }

  float championScore() {
    return championScore;
  }

  void scoredByChampion(float score) {
    championScore = score;
  }
}
