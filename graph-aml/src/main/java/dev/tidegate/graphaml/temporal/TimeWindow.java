package dev.tidegate.graphaml.temporal;

import java.io.Serializable;

/**
 * A window {@code (t - ms, t]} that ends with the payment asked about.
 *
 * @param word how signals name it, such as {@code 7d}
 * @param ms its length, milliseconds
 */
public record TimeWindow(String word, long ms) implements Serializable {
  /** An hour. */
  public static final TimeWindow HOUR = new TimeWindow("1h", 3_600_000L);

  /** A day. */
  public static final TimeWindow DAY = new TimeWindow("1d", 86_400_000L);

  /** Seven days. */
  public static final TimeWindow WEEK = new TimeWindow("7d", 604_800_000L);

  /** Refuses a window without a word or a length. */
  public TimeWindow {
    if (word.isBlank() || ms <= 0) {
      throw new IllegalArgumentException("a window has a word and a length above 0 ms: " + word);
    }
  }
}
