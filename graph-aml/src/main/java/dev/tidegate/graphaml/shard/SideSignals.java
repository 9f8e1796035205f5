package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.TimeWindow;
import java.util.List;

/**
 * One side of one end: counts, amounts and fans of each window. Looks at no more than a hub's
 * degree of payments, the newest; counts and amounts are of all.
 */
final class SideSignals {
  final Peers peers = new Peers();

  private final List<TimeWindow> windows;
  private final int hubDegree;

  /** Payments in the longest window, and their value. */
  int count;

  long amount;

  /** Of those looked at. */
  int rounds;

  int unders;

  /** Those to or from the other end, and the time of the newest but one. */
  int pairs;

  long pairMs;

  SideSignals(GraphSettings settings) {
    windows = settings.windows();
    hubDegree = settings.limits().hubDegree();
  }

  /** Scans a side, and tells its values of each window as those of the source or the target. */
  void scan(Ledger ledger, int which, Transfer at, boolean target, SignalList signals) {
    long account = target ? at.target() : at.source();
    long other = target ? at.source() : at.target();
    Side side = ledger.sides[which];
    int end = side.count(at.timeMs(), at.id());
    int floor = Math.max(0, end - hubDegree);
    peers.clear();
    rounds = 0;
    unders = 0;
    pairs = 0;
    int i = end - 1;
    for (int w = 0; w < windows.size(); w++) {
      long sinceMs = at.timeMs() - windows.get(w).ms();
      int begin = side.until(sinceMs);
      for (; i >= Math.max(begin, floor); i--) {
        look(side, i, account, other);
      }
      count = end - begin;
      amount = side.before(end) - side.before(begin);
      int place = SignalLayout.place(w, target, which);
      signals.set(place, count);
      signals.set(place + 1, (double) amount);
      boolean estimated = count > hubDegree;
      signals.set(place + 2, estimated ? ledger.peersSince(which, sinceMs, account) : peers.size());
    }
  }

  private void look(Side side, int i, long account, long other) {
    long peer = side.peer(i);
    rounds += (side.marks(i) & Transfer.ROUND) != 0 ? 1 : 0;
    unders += (side.marks(i) & Transfer.UNDER) != 0 ? 1 : 0;
    if (peer == other) {
      // The newest of the pair's payments is the one in hand.
      pairMs = pairs == 1 ? side.timeMs(i) : pairMs;
      pairs++;
    }
    if (peer != account) {
      peers.put(peer, side.timeMs(i));
    }
  }
}
