package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import java.time.Duration;

/**
 * How outcomes are watched.
 *
 * @param labelDelayMs from a payment to its matured label
 * @param graceMs how much longer a payment is kept for labels that are read late, though they were
 *     known in time
 * @param tickMs event time between two looks at what is due; also the most that observations wait
 *     in their partition
 * @param batch observations that are handed on at once at most
 * @param readingEach observations of a monitor from one reading to the next
 * @param detectors what the monitors promise
 */
public record OutcomeSettings(
    long labelDelayMs, long graceMs, long tickMs, int batch, int readingEach, Detectors detectors) {
  private static final int BATCH = 512;
  private static final int READING_EACH = 10_000;
  private static final int MONITORS = 4;

  /** Checks the ranges. */
  public OutcomeSettings {
    if (labelDelayMs < 1 || graceMs < 0 || tickMs < 1 || batch < 1 || readingEach < 1) {
      throw new IllegalArgumentException(
          "a label's delay, a tick, a batch and a reading must be at least 1, grace not negative");
    }
  }

  /**
   * What the monitors promise, in observations of their own.
   *
   * @param labelRunLength matured labels to a false alarm
   * @param dispositionRunLength dispositions to a false alarm
   * @param alertRunLength payments to a false alarm, of each direction
   * @param learning how rates are learned
   */
  public record Detectors(
      double labelRunLength,
      double dispositionRunLength,
      double alertRunLength,
      Learning learning) {}

  /** Monitors that share in a page budget: calibration, precision, alert rate up and down. */
  public static int monitors() {
    return MONITORS;
  }

  /**
   * Settings from a page budget: looked at each minute of event time, a day of grace.
   *
   * @param budget whose monitors include these four
   * @param paymentsPerSecond payments, of which each gets a matured label
   * @param dispositionsPerSecond dispositions of alerts
   */
  public static OutcomeSettings of(
      PageBudget budget,
      double paymentsPerSecond,
      double dispositionsPerSecond,
      Duration labelDelay) {
    double payments = budget.runLength(paymentsPerSecond);
    return new OutcomeSettings(
        labelDelay.toMillis(),
        Duration.ofDays(1).toMillis(),
        Duration.ofMinutes(1).toMillis(),
        BATCH,
        READING_EACH,
        new Detectors(
            payments, budget.runLength(dispositionsPerSecond), payments, Learning.defaults()));
  }
}
