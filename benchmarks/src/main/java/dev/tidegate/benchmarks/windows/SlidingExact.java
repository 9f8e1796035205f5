package dev.tidegate.benchmarks.windows;

import java.util.ArrayDeque;

/**
 * Count, sum and maximum of events that come and go in the order of time; exact, kept whole. Cost
 * of an event: O(1) on average. Amounts are minor units.
 */
final class SlidingExact {
  /** One event. */
  record Spend(long timeMs, long amount) {}

  private final ArrayDeque<Spend> events = new ArrayDeque<>();
  private final ArrayDeque<Spend> falling = new ArrayDeque<>();
  private long sum;

  /** Takes an event no older than those before. */
  void add(Spend spend) {
    events.addLast(spend);
    sum += spend.amount();
    while (!falling.isEmpty() && falling.getLast().amount() <= spend.amount()) {
      falling.removeLast();
    }
    falling.addLast(spend);
  }

  /** Forgets the events of a time or earlier. */
  void forget(long untilMs) {
    while (!events.isEmpty() && events.getFirst().timeMs() <= untilMs) {
      sum -= events.removeFirst().amount();
    }
    while (!falling.isEmpty() && falling.getFirst().timeMs() <= untilMs) {
      falling.removeFirst();
    }
  }

  /** Count, sum, mean and maximum; NaN for the last two without events. */
  void answer(double[] into) {
    into[0] = events.size();
    into[1] = sum;
    into[2] = events.isEmpty() ? Double.NaN : (double) sum / events.size();
    into[3] = falling.isEmpty() ? Double.NaN : falling.getFirst().amount();
  }
}
