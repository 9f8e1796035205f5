package dev.tidegate.scoring.decide;

/**
 * The payers whose payments a canary decides: by a hash of the account and the release's name, so
 * that a payer has the same release from every scorer for as long as the canary is on, and other
 * payers are on trial with the next canary.
 *
 * @param release name of the canary
 * @param percent share of payers, 0 to 100
 */
public record CanaryShare(String release, int percent) {
  /** Nobody. */
  public static final CanaryShare NONE = new CanaryShare("", 0);

  private static final int ALL = 100;
  private static final int WORD = 32;

  /** Checks the share. */
  public CanaryShare {
    if (percent < 0 || percent > ALL) {
      throw new IllegalArgumentException("a canary's share is 0 to 100 percent, not " + percent);
    }
  }

  /** True if the canary decides for this payer. */
  public boolean has(String payer) {
    return percent > 0
        && Long.remainderUnsigned(mixed(payer.hashCode(), release.hashCode()), ALL) < percent;
  }

  /** Finalizer of SplitMix64 (Steele, Lea, Flood 2014) over both hashes, as Java defines them. */
  private static long mixed(int one, int other) {
    long z = (((long) one << WORD) ^ (other & 0xffff_ffffL)) + 0x9e37_79b9_7f4a_7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return z ^ (z >>> 31);
  }
}
