package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/** How far an account first gathered from many and then scattered to many. */
final class GatherScatter {
  private long[] firstPaid = new long[16];

  /**
   * The largest k so that k payers had paid before k payees were paid for the last time: the
   * maximum over moments of the smaller of payers so far and payees to come. O(n log n) in payers
   * and payees.
   */
  int width(PeerMap payers, PeerMap payees) {
    int most = Math.min(payers.size(), payees.size());
    if (most == 0) {
      return 0;
    }
    if (firstPaid.length < payers.size()) {
      firstPaid = new long[2 * payers.size()];
    }
    for (int i = 0; i < payers.size(); i++) {
      firstPaid[i] = -payers.oldest(i);
    }
    Arrays.sort(firstPaid, 0, payers.size());
    int width = 0;
    // Payees stand in the order of their last payment, the newest first.
    while (width < most && -firstPaid[width] >= payees.newest(width)) {
      width++;
    }
    return width;
  }
}
