package dev.tidegate.app.laundering;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an account got from and paid to the world outside the set (salaries, spending, cash): rows
 * that have one account only. They are history, not judged: of each kind the count and amount at
 * both ends of a payment, in windows that end with it. Nothing later is looked at.
 */
final class OutsideFlows {
  private static final long DAY_MS = 86_400_000L;
  private static final int[] WINDOW_DAYS = {7, 30};
  private static final List<String> ENDS = List.of("source", "target");

  private final Map<Key, Flow> flows = new HashMap<>();
  private final SortedSet<String> kinds = new TreeSet<>();

  /** Payments of one kind of one account. */
  private record Key(long account, String kind) {}

  /** Times that never fall, and the amount up to each. */
  private record Flow(LongArrayList timesMs, LongArrayList amounts) {}

  /**
   * Adds a payment; times never fall.
   *
   * @param account the account
   * @param kind direction and channel
   * @param timeMs when, UTC
   * @param amountHundredths how much, hundredths of a unit of any currency
   */
  void add(long account, String kind, long timeMs, long amountHundredths) {
    kinds.add(kind);
    Flow flow =
        flows.computeIfAbsent(
            new Key(account, kind), unknown -> new Flow(new LongArrayList(), new LongArrayList()));
    LongArrayList amounts = flow.amounts;
    long before = amounts.isEmpty() ? 0 : amounts.getLong(amounts.size() - 1);
    flow.timesMs.add(timeMs);
    amounts.add(before + amountHundredths);
  }

  /** Names of the values. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (String end : ENDS) {
      for (String kind : kinds) {
        for (int days : WINDOW_DAYS) {
          names.add(end + "_outside_" + kind + "_count_" + days + "d");
          names.add(end + "_outside_" + kind + "_amount_" + days + "d");
        }
      }
    }
    return names;
  }

  /** Sets the values of a payment in its row. */
  void fill(LabelledPayment payment, float[] row, int from) {
    int at = fill(payment.source(), payment.timeMs(), row, from);
    fill(payment.target(), payment.timeMs(), row, at);
  }

  private int fill(long account, long timeMs, float[] row, int from) {
    int at = from;
    for (String kind : kinds) {
      Flow flow = flows.get(new Key(account, kind));
      for (int days : WINDOW_DAYS) {
        if (flow != null) {
          int end = upTo(flow, timeMs);
          int begin = upTo(flow, timeMs - days * DAY_MS);
          row[at] = end - begin;
          row[at + 1] = (float) (amount(flow, end) - amount(flow, begin));
        }
        at += 2;
      }
    }
    return at;
  }

  private static long amount(Flow flow, int count) {
    return count == 0 ? 0 : flow.amounts.getLong(count - 1);
  }

  /** How many payments have this time or an earlier one. */
  private static int upTo(Flow flow, long timeMs) {
    int low = 0;
    int high = flow.timesMs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (flow.timesMs.getLong(middle) <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
