package dev.tidegate.app.laundering;

import it.unimi.dsi.fastutil.longs.Long2IntRBTreeMap;
import it.unimi.dsi.fastutil.longs.Long2IntSortedMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What gives planted payments of simulated sets away without any pattern being seen: days at the
 * end, after the simulation of other payments had stopped, and a channel that nearly all planted
 * payments and few others go over (99.96 % in the IBM sets).
 */
final class GiveAway {
  private static final long DAY_MS = 86_400_000L;
  private static final double TAIL_SHARE_OF_MEDIAN = 0.05;
  private static final double CHANNEL_SHARE = 0.999;
  private static final double MOST_OF_OTHERS = 0.5;

  private GiveAway() {}

  /** The set without the days at its end that have under 5 % of the median day's payments each. */
  static LaunderingSet withoutTail(LaunderingSet set) {
    Long2IntSortedMap days = new Long2IntRBTreeMap();
    for (LabelledPayment payment : set.payments()) {
      days.merge(Math.floorDiv(payment.timeMs(), DAY_MS), 1, Integer::sum);
    }
    int[] counts = days.values().toIntArray();
    Arrays.sort(counts);
    double least = TAIL_SHARE_OF_MEDIAN * counts[counts.length / 2];
    long last = days.lastLongKey();
    while (days.get(last) < least) {
      last--;
    }
    long end = (last + 1) * DAY_MS;
    return set.before(end);
  }

  /**
   * Whether one channel holds at least 99.9 % of the laundering and at most half of the other
   * payments.
   *
   * @param known payments whose labels may be looked at
   */
  static boolean byChannel(List<LabelledPayment> known) {
    Map<Integer, int[]> counts = new HashMap<>();
    int[] all = new int[2];
    for (LabelledPayment payment : known) {
      int kind = payment.laundering() ? 1 : 0;
      counts.computeIfAbsent(payment.channel(), unknown -> new int[2])[kind]++;
      all[kind]++;
    }
    return counts.values().stream()
        .anyMatch(
            of -> of[1] > 0 && of[1] >= CHANNEL_SHARE * all[1] && of[0] <= MOST_OF_OTHERS * all[0]);
  }
}
