package dev.tidegate.graphaml.temporal;

import java.util.List;

/**
 * One side of one end: counts, amounts and fans of each window, and the peers themselves. Looks at
 * no more than a hub's degree of payments, the newest; counts and amounts are of all.
 */
final class SideScan {
  final PeerMap peers = new PeerMap();

  private final Adjacency adjacency;
  private final Hubs hubs;
  private final List<TimeWindow> windows;
  private final boolean target;
  private final int side;
  private final Ring ring = new Ring();

  /** Payments in the longest window, and their value. */
  int count;

  long amount;

  /** Of those looked at. */
  int rounds;

  int unders;

  /** Those to or from the other end, and the age of the newest but one. */
  int pairs;

  long pairAge;

  /** Of the source or the target, and one of its sides. */
  SideScan(GraphState state, boolean target, int side) {
    adjacency = state.adjacency;
    hubs = state.hubs;
    windows = state.settings.windows();
    this.target = target;
    this.side = side;
  }

  /** Scans, and sets the side's values of each window. */
  void scan(Moment moment, double[] values) {
    int account = target ? moment.target : moment.source;
    int other = target ? moment.source : moment.target;
    moment.open(adjacency, ring, account, side);
    int end = ring.olderThanOrAt(moment.age);
    int floor = Math.max(0, end - hubs.degree());
    peers.clear();
    rounds = 0;
    unders = 0;
    pairs = 0;
    int i = end - 1;
    for (int w = 0; w < windows.size(); w++) {
      long window = windows.get(w).ms();
      int begin = ring.olderThanOrAt(moment.age + window);
      for (; i >= Math.max(begin, floor); i--) {
        look(ring.word(i), account, other);
      }
      count = end - begin;
      amount = ring.before(end) - ring.before(begin);
      int place = SignalLayout.place(w, target, side);
      values[place] = count;
      values[place + 1] = amount;
      values[place + 2] = peers.size();
      if (count > hubs.degree()) {
        values[place + 2] = hubs.peersSince(account, side, moment.timeMs - window);
      }
    }
  }

  private void look(long word, int account, int other) {
    int peer = Ring.peer(word);
    long age = Times.age(ring.newest, word);
    rounds += Ring.round(word) ? 1 : 0;
    unders += Ring.under(word) ? 1 : 0;
    if (peer == other) {
      // One of the pair's payments is the one in hand. It has the newest time, so whichever of that
      // time is met first may stand for it.
      pairAge = pairs == 1 ? age : pairAge;
      pairs++;
    }
    if (peer != account) {
      peers.put(peer, age);
    }
  }
}
