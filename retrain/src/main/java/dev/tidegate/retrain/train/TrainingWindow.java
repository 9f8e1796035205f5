package dev.tidegate.retrain.train;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows train: those of a range of event time whose labels were known at the moment of
 * training. What happened at t is known strictly before {@code asOf} if t + delay is, for fraud and
 * for legitimate payments alike: a fresh row without a label yet is not a legitimate one.
 *
 * @param since first moment, inclusive
 * @param until last moment, exclusive
 * @param labelDelay time from a payment to its label
 * @param asOf moment of training
 * @param asOfMoved true if {@code asOf} was put after {@code until} because no label of the range
 *     would have been known at its end
 */
public record TrainingWindow(
    Instant since, Instant until, Duration labelDelay, Instant asOf, boolean asOfMoved) {

  /** Refuses an empty range and a negative delay. */
  public TrainingWindow {
    if (!since.isBefore(until)) {
      throw new IllegalArgumentException(
          "the training range is empty: since " + since + " is not before until " + until);
    }
    if (labelDelay.isNegative()) {
      throw new IllegalArgumentException("the label delay is negative: " + labelDelay);
    }
  }

  /**
   * The window that a request means.
   *
   * @param range range of event time
   * @param labelDelay time from a payment to its label
   * @param asOf moment of training; null for the end of the range, or, if the range is not longer
   *     than the delay, for the delay after it
   */
  public static TrainingWindow of(TimeRange range, Duration labelDelay, @Nullable Instant asOf) {
    if (asOf != null) {
      return new TrainingWindow(range.since(), range.until(), labelDelay, asOf, false);
    }
    Duration length = Duration.between(range.since(), range.until());
    boolean move = !labelDelay.isZero() && length.compareTo(labelDelay) <= 0;
    Instant moment = move ? range.until().plus(labelDelay) : range.until();
    return new TrainingWindow(range.since(), range.until(), labelDelay, moment, move);
  }

  /** True if a row of that moment trains. */
  public boolean trains(long eventTimeMs) {
    return eventTimeMs >= since.toEpochMilli() && eventTimeMs < lastMs();
  }

  /** First moment whose rows no longer train. */
  public Instant end() {
    return Instant.ofEpochMilli(lastMs());
  }

  private long lastMs() {
    return Math.min(until.toEpochMilli(), asOf.minus(labelDelay).toEpochMilli());
  }

  /** The window in words, for people: one sentence, without a line break. */
  public String explain() {
    StringBuilder text = new StringBuilder();
    text.append("Trains on payments of ").append(since).append(" to before ").append(end());
    if (labelDelay.isZero()) {
      return text.append(", with labels known at once.").toString();
    }
    text.append(", whose labels, ").append(days(labelDelay)).append(" late, were known by ");
    text.append(asOf);
    if (asOfMoved) {
      text.append(
          ": the range is not longer than the label delay, so training is taken to happen ");
      text.append(days(labelDelay)).append(" after its end (say --as-of for another moment)");
    } else if (end().isBefore(until)) {
      text.append(": those from ").append(end()).append(" on had no labels yet");
    }
    return text.append('.').toString();
  }

  private static String days(Duration duration) {
    long days = duration.toDays();
    if (duration.equals(Duration.ofDays(days))) {
      return days == 1 ? "1 day" : days + " days";
    }
    return duration.toString();
  }
}
