package dev.tidegate.graphaml.temporal;

import java.util.Locale;

/**
 * Signals of one value each, over the longest window where they look back. {@code s} is the paying
 * account, {@code d} the paid one, {@code t} the payment's time; payments of an account to itself
 * are no part of any pattern. What cannot be told is not a number.
 */
public enum Pattern {
  /** Milliseconds since the first payment that is remembered of s. */
  SOURCE_AGE_MS,
  /** Milliseconds since the payment of s before this one; not a number if there is none. */
  SOURCE_DORMANT_MS,
  /** As {@link #SOURCE_AGE_MS}, of d. */
  TARGET_AGE_MS,
  /** As {@link #SOURCE_DORMANT_MS}, of d. */
  TARGET_DORMANT_MS,
  /** Earlier payments from s to d. */
  PAIR_COUNT,
  /** Milliseconds since the latest of them. */
  PAIR_SINCE_MS,
  /** 1 if there is none, else 0. */
  PAIR_NEW,
  /** 1 if the amount is round. */
  ROUND_AMOUNT,
  /** 1 if the amount is just under the limit of its currency. */
  UNDER_LIMIT,
  /** Round amounts that s paid. */
  SOURCE_ROUND_OUT,
  /** Amounts just under a limit that s paid. */
  SOURCE_UNDER_OUT,
  /** Round amounts that d was paid. */
  TARGET_ROUND_IN,
  /** Amounts just under a limit that d was paid. */
  TARGET_UNDER_IN,
  /** Milliseconds since s was last paid. */
  PASS_THROUGH_MS,
  /** Milliseconds since s was last paid about the same amount. */
  PASS_THROUGH_MATCHED_MS,
  /** What s kept: (paid to it - paid by it) / paid to it. */
  SOURCE_RETAINED,
  /** The same of d. */
  TARGET_RETAINED,
  /** Largest k so that k payers had paid s before k payees of it were paid for the last time. */
  SOURCE_GATHER_SCATTER,
  /** The same of d. */
  TARGET_GATHER_SCATTER,
  /** Most middlemen, s among them, through which one payer of s reached d. */
  SCATTER_GATHER,
  /** Payers of s that reached d through two middlemen or more. */
  SCATTER_GATHER_ORIGINS,
  /** Other payers of d that also paid another payee of s. */
  BIPARTITE_PAYERS,
  /** Other payees of s that another payer of d paid too. */
  BIPARTITE_PAYEES,
  /** Accounts whose money can have reached s in one hop, times in order. */
  UPSTREAM_1,
  /** The same in two hops. */
  UPSTREAM_2,
  /** The same in three hops. */
  UPSTREAM_3,
  /** How many of these three layers, from the first on, are two accounts wide or more. */
  STACK_LAYERS,
  /** Cycles of two payments that this one closes. */
  CYCLES_2,
  /** Of three. */
  CYCLES_3,
  /** Of four. */
  CYCLES_4,
  /** Of five. */
  CYCLES_5,
  /** Of six. */
  CYCLES_6,
  /** Cycles in which each payment passes on about the amount of the one before. */
  CYCLES_CONSERVED,
  /** Cycles beyond those that are listed. */
  CYCLES_UNLISTED,
  /** Accounts in the component of s and d. */
  COMPONENT_SIZE,
  /** Accounts that this payment added to the larger of the two components it joins. */
  COMPONENT_GROWTH,
  /** Accounts in their component by payments of this epoch alone. */
  COMPONENT_RECENT,
  /** Share of the component's accounts that are marked as risky. */
  COMPONENT_RISKY_SHARE,
  /** 1 if s is a hub. */
  SOURCE_HUB,
  /** 1 if d is a hub. */
  TARGET_HUB,
  /** 1 if s, d, a payer of either or a payee of d is a hub. */
  TOUCHES_HUB,
  /** Payments that searches left out because they had no steps left. */
  SEARCH_DROPPED,
  /** Cycles of more than six payments, as far as they are looked for, that this one closes. */
  CYCLES_LONGER,
  /** Payments of the shortest of them; not a number if there is none. */
  CYCLES_LONGER_LEAST,
  /** Payments of the longest; not a number if there is none. */
  CYCLES_LONGER_MOST,
  /** Payments through which the money of this one can be followed back, itself not counted. */
  TRAIL_HOPS,
  /** Amount over that of the payment before it on this trail; not a number if there is none. */
  TRAIL_SHARE,
  /** Milliseconds since that payment. */
  TRAIL_SINCE_MS,
  /** Amount over that of the trail's first payment. */
  TRAIL_ORIGIN_SHARE,
  /** Milliseconds since the trail's first payment. */
  TRAIL_ORIGIN_MS;

  /** Whether payments have this signal under some limits. */
  boolean told(GraphSettings.Limits limits) {
    if (compareTo(TRAIL_HOPS) >= 0) {
      return limits.followsMoney();
    }
    return compareTo(CYCLES_LONGER) < 0 || limits.countsLonger();
  }

  /** The signal's name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
