package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Pattern;
import java.util.Arrays;

/**
 * What an account can tell by itself as an end of a payment: everything of one end, and of the pair
 * what either end knows. The rules are those of the graph's kernel.
 */
final class EndSignals {
  private final GraphSettings settings;
  private final int hubDegree;
  private final SideSignals out;
  private final SideSignals in;
  private long[] firstPaid = new long[16];

  EndSignals(GraphSettings settings) {
    this.settings = settings;
    hubDegree = settings.limits().hubDegree();
    out = new SideSignals(settings);
    in = new SideSignals(settings);
  }

  /** Tells the signals of the source. */
  void source(Ledger ledger, Transfer at, boolean hub, SignalList signals) {
    out.scan(ledger, Ledger.OUT, at, false, signals);
    in.scan(ledger, Ledger.IN, at, false, signals);
    signals.set(Pattern.SOURCE_HUB, hub ? 1 : 0);
    signals.set(Pattern.ROUND_AMOUNT, at.isRound() ? 1 : 0);
    signals.set(Pattern.UNDER_LIMIT, at.isUnder() ? 1 : 0);
    signals.set(Pattern.SOURCE_ROUND_OUT, out.rounds);
    signals.set(Pattern.SOURCE_UNDER_OUT, out.unders);
    signals.set(Pattern.SOURCE_RETAINED, retained());
    signals.set(Pattern.SOURCE_GATHER_SCATTER, hub ? 0 : gatherScatter());
    pair(out, at, signals);
    passThrough(ledger.sides[Ledger.IN], at, signals);
  }

  /** Tells the signals of the target. */
  void target(Ledger ledger, Transfer at, boolean hub, SignalList signals) {
    out.scan(ledger, Ledger.OUT, at, true, signals);
    in.scan(ledger, Ledger.IN, at, true, signals);
    signals.set(Pattern.TARGET_HUB, hub ? 1 : 0);
    signals.set(Pattern.TARGET_ROUND_IN, in.rounds);
    signals.set(Pattern.TARGET_UNDER_IN, in.unders);
    signals.set(Pattern.TARGET_RETAINED, retained());
    signals.set(Pattern.TARGET_GATHER_SCATTER, hub ? 0 : gatherScatter());
    pair(in, at, signals);
  }

  private double retained() {
    return in.amount == 0 ? Double.NaN : (double) (in.amount - out.amount) / in.amount;
  }

  /** A side that is longer than is looked at leaves the pair to the other end. */
  private void pair(SideSignals side, Transfer at, SignalList signals) {
    if (side.count > hubDegree) {
      return;
    }
    int others = side.pairs - 1;
    signals.set(Pattern.PAIR_COUNT, others);
    signals.set(
        Pattern.PAIR_SINCE_MS, others == 0 ? Double.NaN : (double) (at.timeMs() - side.pairMs));
    signals.set(Pattern.PAIR_NEW, others == 0 ? 1 : 0);
  }

  private void passThrough(Side paid, Transfer at, SignalList signals) {
    int end = paid.count(at.timeMs(), at.id());
    int begin = paid.until(at.timeMs() - settings.patternWindow().ms());
    double last = Double.NaN;
    double matched = Double.NaN;
    for (int i = end - 1; i >= Math.max(begin, end - hubDegree) && Double.isNaN(matched); i--) {
      if (paid.peer(i) != at.source()) {
        double since = (double) (at.timeMs() - paid.timeMs(i));
        last = Double.isNaN(last) ? since : last;
        matched = settings.sameMoney(paid.value(i), at.value()) ? since : Double.NaN;
      }
    }
    signals.set(Pattern.PASS_THROUGH_MS, last);
    signals.set(Pattern.PASS_THROUGH_MATCHED_MS, matched);
  }

  /** The largest k so that k payers had paid before k payees were paid for the last time. */
  private int gatherScatter() {
    int payers = in.peers.size();
    int most = Math.min(payers, out.peers.size());
    if (firstPaid.length < payers) {
      firstPaid = new long[2 * payers];
    }
    for (int i = 0; i < payers; i++) {
      firstPaid[i] = in.peers.earliestMs(i);
    }
    Arrays.sort(firstPaid, 0, payers);
    int width = 0;
    // Payees stand in the order of their last payment, the newest first.
    while (width < most && firstPaid[width] <= out.peers.latestMs(width)) {
      width++;
    }
    return width;
  }
}
