package dev.tidegate.app.demo;

import dev.tidegate.lab.bank.BankChange;
import dev.tidegate.lab.bank.SimulatorSettings;
import java.time.Duration;

/**
 * Size and course of the demonstration. Days are those of the simulated bank, which lives them as
 * fast as the platform decides.
 *
 * @param customers of the bank, and of the one that the first champion learns from
 * @param historyDays days that the first champion learns from
 * @param change what changes on the way
 * @param alertBudgetPercent share of payments that analysts can look at
 * @param trial shadow and canary
 * @param pace of the loop
 */
public record DriftPlan(
    int customers,
    int historyDays,
    BankChange change,
    double alertBudgetPercent,
    Trial trial,
    Pace pace) {
  /** Seed of the bank that the platform watches. */
  private static final long LIVE_SEED = 31;

  /** Seed of the bank before it: other customers, the same ways. */
  private static final long HISTORY_SEED = 30;

  /** From a payment to its label, as the simulated bank's profile has it. */
  static final Duration LABEL_DELAY = Duration.ofDays(7);

  /**
   * Shadow and canary.
   *
   * @param shadow payments scored as a shadow
   * @param canaryPercent share of payers
   * @param canary payments decided for them
   */
  public record Trial(int shadow, int canaryPercent, int canary) {}

  /**
   * Pace of the loop.
   *
   * @param cooldown wall-clock time between two requests, longer than training and trial take
   * @param candidates forests that a training tries
   * @param measuredDays days after the training's cut that both champions are compared on
   * @param patience longest wall-clock time of one step
   */
  public record Pace(Duration cooldown, int candidates, int measuredDays, Duration patience) {}

  /** What {@code demo drift} runs. */
  public static DriftPlan standard() {
    return new DriftPlan(
        500,
        28,
        new BankChange(5, 10, 2, 10, 0.012),
        2,
        new Trial(4_000, 50, 2_000),
        new Pace(Duration.ofMinutes(2), 2, 8, Duration.ofMinutes(4)));
  }

  /** The same course, smaller and with a faster trial, for tests. */
  static DriftPlan small() {
    return new DriftPlan(
        400,
        21,
        new BankChange(3, 7, 2, 7, 0.015),
        2,
        new Trial(1_500, 50, 600),
        new Pace(Duration.ofMinutes(2), 1, 5, Duration.ofMinutes(3)));
  }

  SimulatorSettings history() {
    return SimulatorSettings.of(HISTORY_SEED, customers);
  }

  SimulatorSettings bank() {
    return SimulatorSettings.of(LIVE_SEED, customers).with(change);
  }

  /** Event time of the beginning of a day. */
  long dayMs(int day) {
    return bank().startMs() + Duration.ofDays(day).toMillis();
  }

  /** Day of an event time, with a fraction. */
  double day(long eventTimeMs) {
    return (double) (eventTimeMs - bank().startMs()) / Duration.ofDays(1).toMillis();
  }
}
