package dev.tidegate.graphaml.shard;

/**
 * An account's answer about a payment.
 *
 * @param about the payment
 * @param account who answers; of no meaning where components answer
 * @param state bits: {@link #HUB}, {@link #LATE}, {@link #ENDS}, {@link #COMPONENTS}
 * @param signals places and values of signals, one after the other; a place is a whole number
 * @param in payments into the account
 * @param out payments out of it
 * @param inUntilMs how far {@code in} reaches; {@link Ask#NOTHING_IN} where it is not known
 * @param dropped payments that were asked for and not given because there were too many
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never compared
record Reply(
    Transfer about,
    long account,
    int state,
    double[] signals,
    Trail in,
    Trail out,
    long inUntilMs,
    int dropped) {
  static final int HUB = 1;

  /** The payment came behind the watermark. */
  static final int LATE = 2;

  /** The account is an end of the payment. */
  static final int ENDS = 4;

  /** It is not an account that answers but the keeper of components. */
  static final int COMPONENTS = 8;

  static final double[] NO_SIGNALS = new double[0];

  /** The same with other signals. */
  Reply with(double[] others) {
    return new Reply(about, account, state, others, in, out, inUntilMs, dropped);
  }

  boolean is(int bit) {
    return (state & bit) != 0;
  }
}
