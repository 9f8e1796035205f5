package dev.tidegate.lab.bank;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * One simulated day.
 *
 * @param index days since the first, from 0
 * @param startMs midnight UTC
 * @param dayOfMonth 1 to 31
 * @param lastOfMonth length of the month in days
 * @param weekday Monday to Sunday
 * @param busy how many times as much as usual people shop
 */
record Day(
    int index, long startMs, int dayOfMonth, int lastOfMonth, DayOfWeek weekday, double busy) {
  static final long MS = 86_400_000L;

  static Day of(SimulatorSettings settings, int index) {
    LocalDate date = settings.startDate().plusDays(index);
    return new Day(
        index,
        settings.startMs() + index * MS,
        date.getDayOfMonth(),
        date.lengthOfMonth(),
        date.getDayOfWeek(),
        settings.change().shopping(index));
  }

  /** Whether something due each month on the given day (1 to 31) is due today. */
  boolean isMonthly(int dueDay) {
    return dayOfMonth == Math.min(dueDay, lastOfMonth);
  }

  /** How much people shop, relative to a mean of about one. */
  double shopping() {
    return busy * byWeekday();
  }

  private double byWeekday() {
    return switch (weekday) {
      case FRIDAY -> 1.15;
      case SATURDAY -> 1.35;
      case SUNDAY -> 0.75;
      default -> 0.95;
    };
  }

  /** How much businesses pay, relative to a weekday. */
  double office() {
    return switch (weekday) {
      case SATURDAY -> 0.3;
      case SUNDAY -> 0.12;
      default -> 1.0;
    };
  }
}
