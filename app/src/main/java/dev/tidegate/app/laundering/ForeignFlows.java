package dev.tidegate.app.laundering;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Payments between accounts that are kept in different currencies, as history of both ends of a
 * payment. An account's currency is that of the last payment it made. Nothing later is looked at.
 * Asking takes the logarithm of an end's history, and its length within 30 days to count
 * currencies.
 */
final class ForeignFlows {
  private static final long DAY_MS = 86_400_000L;
  private static final int[] WINDOW_DAYS = {7, 30};
  private static final List<String> SIDES =
      List.of("source_out", "source_in", "target_out", "target_in");
  private static final int UNKNOWN = -1;

  private final Map<Long, Integer> currencies = new HashMap<>();
  private final Map<Key, Flow> flows = new HashMap<>();

  /** What one account paid, or was paid. */
  private record Key(long account, boolean out) {}

  /**
   * Payments with an account of another currency, oldest first: times that never fall, the other
   * account's currency, and the amount up to each.
   */
  private record Flow(LongArrayList timesMs, IntArrayList others, LongArrayList amounts) {
    static Flow empty() {
      return new Flow(new LongArrayList(), new IntArrayList(), new LongArrayList());
    }

    void add(long timeMs, int other, long amount) {
      amounts.add(amount(amounts.size()) + amount);
      timesMs.add(timeMs);
      others.add(other);
    }

    /** Amount of the first so many. */
    long amount(int count) {
      return count == 0 ? 0 : amounts.getLong(count - 1);
    }

    /** Place of the first after a moment. */
    int after(long timeMs) {
      int low = 0;
      int high = timesMs.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (timesMs.getLong(middle) <= timeMs) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /** Names of the values; none where a set has one currency. */
  static List<String> names(LaunderingSet set) {
    if (set.currencies().size() < 2) {
      return List.of();
    }
    List<String> names = new ArrayList<>(List.of("target_currency", "currencies_differ"));
    for (String side : SIDES) {
      for (int days : WINDOW_DAYS) {
        names.add(side + "_foreign_count_" + days + "d");
        names.add(side + "_foreign_amount_" + days + "d");
        names.add(side + "_foreign_currencies_" + days + "d");
      }
    }
    return names;
  }

  /**
   * Adds payments that are known together, one, or all of a day: their order means nothing. Times
   * never fall.
   */
  void add(List<LabelledPayment> together) {
    Map<Long, Integer> paidIn = new HashMap<>();
    for (LabelledPayment payment : together) {
      // Of several currencies on one day the same one, whatever the order.
      paidIn.merge(payment.source(), payment.currency(), Math::max);
    }
    currencies.putAll(paidIn);
    together.forEach(this::add);
  }

  private void add(LabelledPayment payment) {
    int target = currency(payment.target());
    if (target != UNKNOWN && target != payment.currency()) {
      flow(payment.source(), true).add(payment.timeMs(), target, payment.amountMinor());
      flow(payment.target(), false)
          .add(payment.timeMs(), payment.currency(), payment.amountMinor());
    }
  }

  private int currency(long account) {
    return currencies.getOrDefault(account, UNKNOWN);
  }

  private Flow flow(long account, boolean out) {
    return flows.computeIfAbsent(new Key(account, out), unknown -> Flow.empty());
  }

  /** Sets the values of a payment in its row; no payment later than it has been added. */
  void fill(LabelledPayment payment, float[] row, int from) {
    int target = currency(payment.target());
    row[from] = target == UNKNOWN ? Float.NaN : target;
    row[from + 1] = target == UNKNOWN ? Float.NaN : target == payment.currency() ? 0 : 1;
    int at = from + 2;
    for (long account : new long[] {payment.source(), payment.target()}) {
      at = fill(account, true, payment.timeMs(), row, at);
      at = fill(account, false, payment.timeMs(), row, at);
    }
  }

  private int fill(long account, boolean out, long timeMs, float[] row, int from) {
    Flow flow = flows.get(new Key(account, out));
    int at = from;
    for (int days : WINDOW_DAYS) {
      if (flow != null) {
        int begin = flow.after(timeMs - days * DAY_MS);
        int end = flow.timesMs.size();
        row[at] = end - begin;
        row[at + 1] = flow.amount(end) - flow.amount(begin);
        row[at + 2] = distinct(flow.others, begin, end);
      }
      at += 3;
    }
    return at;
  }

  private static int distinct(IntArrayList others, int begin, int end) {
    BitSet seen = new BitSet();
    for (int i = begin; i < end; i++) {
      seen.set(others.getInt(i));
    }
    return seen.cardinality();
  }
}
