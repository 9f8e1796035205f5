package dev.tidegate.graphaml.fans;

/**
 * One end of a payment, as its account sees it.
 *
 * @param timeMs when, milliseconds, between -2^62 and 2^62
 * @param incoming true if the account is paid, false if it pays
 * @param peer fingerprint of the account at the other end; its lowest bit is not used
 * @param amount minor units
 * @param id fingerprint of the payment; its lowest bit is not used
 */
public record End(long timeMs, boolean incoming, long peer, long amount, long id) {
  /** The same with the bits that are not used put to the direction. */
  End marked() {
    long bit = incoming ? 1 : 0;
    return new End(timeMs, incoming, (peer & ~1L) | bit, amount, (id & ~1L) | bit);
  }
}
