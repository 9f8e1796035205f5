package dev.tidegate.benchmarks.handbook;

import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.retrain.train.TrainingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One split in time of the Handbook's protocols: a week to learn from, a week until its labels are
 * known, a week to be judged on.
 *
 * @param train range of the rows that train
 * @param test range of the rows that are judged
 */
public record Split(TimeRange train, TimeRange test) {
  /** From a payment to its label. */
  public static final Duration LABEL_DELAY = Duration.ofDays(7);

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant FIRST = Instant.parse("2018-07-25T00:00:00Z");
  private static final int FOLDS = 4;

  /** Chapter 3: train 2018-07-25 to 31, test 2018-08-08 to 14. */
  public static Split protocolS() {
    return startingAt(FIRST);
  }

  /** Chapters 5 to 7: protocol S and the same one, two and three weeks later. */
  public static List<Split> protocolP() {
    return IntStream.range(0, FOLDS)
        .mapToObj(fold -> startingAt(FIRST.plus(WEEK.multipliedBy(fold))))
        .toList();
  }

  private static Split startingAt(Instant since) {
    Instant trained = since.plus(WEEK);
    Instant known = trained.plus(LABEL_DELAY);
    return new Split(new TimeRange(since, trained), new TimeRange(known, known.plus(WEEK)));
  }

  /** Which rows train; the moment of training is the start of the test. */
  public TrainingWindow window() {
    return TrainingWindow.of(train, LABEL_DELAY, test.since());
  }

  /** First day that trains, as {@code 2018-07-25}. */
  public String name() {
    return train.since().toString().substring(0, "2018-07-25".length());
  }

  /** True if a row of that moment trains or is judged. */
  public boolean uses(long eventTimeMs) {
    return window().trains(eventTimeMs) || test.contains(eventTimeMs);
  }
}
