package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.outcome.CohortWatch;
import dev.tidegate.retrain.stability.PaymentPart;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
  private static final int MONITORS = 6;
  private static final Duration COHORT = Duration.ofDays(1);
  private static final int COHORT_FRAUDS = 20;
  private static final Duration FAIRNESS_WINDOW = Duration.ofDays(7);

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
   * @param reachMs how far back features look: the rate of alerts is not learned before the stream
   *     is that old; 0 for features without windows
   * @param panels what decides by a test once in a while; null for nothing
   */
  public record Detectors(
      double labelRunLength,
      double dispositionRunLength,
      double alertRunLength,
      Learning learning,
      long reachMs,
      @Nullable Panels panels) {
    /** Features without windows, and nothing but the four. */
    public Detectors(
        double labelRunLength,
        double dispositionRunLength,
        double alertRunLength,
        Learning learning) {
      this(labelRunLength, dispositionRunLength, alertRunLength, learning, 0, null);
    }
  }

  /**
   * What decides by a test once in a while.
   *
   * @param cohorts performance once labels have matured
   * @param fairness groups compared; null for none
   */
  public record Panels(CohortWatch.Settings cohorts, @Nullable Groups fairness) {}

  /**
   * Groups.
   *
   * @param by part of a payment whose values they are
   * @param windowMs time that is counted at once
   * @param level probability of any false call in a window
   */
  public record Groups(PaymentPart by, long windowMs, double level) {}

  /** What groups are told apart by; null for none. */
  @Nullable PaymentPart groupedBy() {
    Panels panels = detectors.panels();
    Groups groups = panels == null ? null : panels.fairness();
    return groups == null ? null : groups.by();
  }

  /**
   * Monitors that share in a page budget: calibration, precision, alert rate up and down,
   * performance of cohorts, fairness.
   */
  public static int monitors() {
    return MONITORS;
  }

  /**
   * How a release is watched, beside what the budget says.
   *
   * @param alertBudgetPercent payments that are looked at, percent
   * @param reachMs how far back its features look
   * @param groups part of a payment whose values are groups; null for none
   */
  public record Of(double alertBudgetPercent, long reachMs, @Nullable PaymentPart groups) {}

  /**
   * What to expect.
   *
   * @param paymentsPerSecond payments, of which each gets a matured label
   * @param dispositionsPerSecond dispositions of alerts
   */
  public record Rates(double paymentsPerSecond, double dispositionsPerSecond) {}

  /**
   * Settings from a page budget: looked at each minute of event time, a day of grace. Cohorts last
   * a day and hold 20 frauds at least, so that a figure is not one case more or less; fairness
   * counts a week, so that each day of it is in.
   *
   * @param budget whose monitors include these
   * @param release what is watched
   * @param rates what to expect
   * @param labelDelay from a payment to its matured label
   */
  public static OutcomeSettings of(
      PageBudget budget, Of release, Rates rates, Duration labelDelay) {
    double payments = budget.runLength(rates.paymentsPerSecond());
    return new OutcomeSettings(
        labelDelay.toMillis(),
        Duration.ofDays(1).toMillis(),
        Duration.ofMinutes(1).toMillis(),
        BATCH,
        READING_EACH,
        new Detectors(
            payments,
            budget.runLength(rates.dispositionsPerSecond()),
            payments,
            Learning.defaults(),
            release.reachMs(),
            panels(budget, release)));
  }

  private static Panels panels(PageBudget budget, Of release) {
    PaymentPart groups = release.groups();
    return new Panels(
        new CohortWatch.Settings(
            COHORT.toMillis(), COHORT_FRAUDS, release.alertBudgetPercent(), budget.level(COHORT)),
        groups == null
            ? null
            : new Groups(groups, FAIRNESS_WINDOW.toMillis(), budget.level(FAIRNESS_WINDOW)));
  }
}
