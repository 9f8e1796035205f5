package dev.tidegate.lab.bank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Payments that are planned and not yet made, by day. Holds the current day and the days ahead that
 * running cases reach into; a payment further ahead than {@value #HORIZON_DAYS} days, or in the
 * past, is a mistake of its planner.
 */
final class Schedule {
  static final int HORIZON_DAYS = 45;

  private final long startMs;
  private final Map<Integer, List<SimulatedTransaction>> byDay = new HashMap<>();
  private int today;

  Schedule(long startMs) {
    this.startMs = startMs;
  }

  void add(SimulatedTransaction payment) {
    int day = (int) Math.floorDiv(payment.eventTimeMs() - startMs, Day.MS);
    if (day < today || day > today + HORIZON_DAYS) {
      throw new IllegalStateException("payment planned for day " + day + " on day " + today);
    }
    byDay.computeIfAbsent(day, unused -> new ArrayList<>()).add(payment);
  }

  /** Payments planned for today so far. */
  int plannedToday() {
    return byDay.getOrDefault(today, List.of()).size();
  }

  /** Ends the day: its payments by time, those of equal time in the order of planning. */
  List<SimulatedTransaction> endDay() {
    List<SimulatedTransaction> due = byDay.remove(today++);
    if (due == null) {
      return new ArrayList<>();
    }
    due.sort(Comparator.comparingLong(SimulatedTransaction::eventTimeMs));
    return due;
  }
}
