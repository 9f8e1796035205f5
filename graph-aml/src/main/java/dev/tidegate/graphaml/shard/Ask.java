package dev.tidegate.graphaml.shard;

/**
 * What an account is told or asked because of a payment. It always answers whether it is a hub.
 *
 * @param about the payment; the answer is as of its moment
 * @param account who is asked
 * @param wants bits of what is wanted
 * @param inUntilMs payments into the account up to this time are wanted; {@link #NOTHING_IN} for
 *     none
 * @param outSinceMs payments out of the account from this time on are wanted; {@link #NOTHING_OUT}
 *     for none
 * @param most an answer of more payments than this is not given, but counted
 */
record Ask(Transfer about, long account, int wants, long inUntilMs, long outSinceMs, int most) {
  /** The payment is one of the account's own: keep it. Answered only with {@link #ENDS}. */
  static final int KEEP = 1;

  /** Signals of the account as an end of the payment, and its payments for the searches. */
  static final int ENDS = 2;

  /** Each payment in; else the latest of each payer. */
  static final int EACH_IN = 4;

  /** Each payment out; else the latest to each payee. */
  static final int EACH_OUT = 8;

  /** For the keeper of components: tell the component of the payment's ends. */
  static final int COMPONENT = 16;

  /** And join them: neither end is a hub. */
  static final int JOIN = 32;

  static final long NOTHING_IN = Long.MIN_VALUE;
  static final long NOTHING_OUT = Long.MAX_VALUE;

  /** A payment for one of its accounts to keep. */
  static Ask keep(Transfer about, long account, boolean ends) {
    return new Ask(about, account, ends ? KEEP | ENDS : KEEP, NOTHING_IN, NOTHING_OUT, 0);
  }

  /** A question to the keeper of components. */
  static Ask component(Transfer about, boolean joins) {
    int wants = joins ? COMPONENT | JOIN : COMPONENT;
    return new Ask(about, 0, wants, NOTHING_IN, NOTHING_OUT, 0);
  }

  boolean wants(int bit) {
    return (wants & bit) != 0;
  }
}
