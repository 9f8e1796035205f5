package dev.tidegate.features.window;

/**
 * What is known of the amounts in one window, exactly. The sum is {@code sumHigh * 2^32 + sumLow}
 * with {@code sumLow} in [0, 2^32): 2^31 amounts of any size cannot overflow it, and it does not
 * depend on the order of addition.
 *
 * @param count number of events, at least 1
 * @param sumHigh upper part of the sum of amounts, minor units
 * @param sumLow lower part of the sum
 * @param max largest amount, minor units
 */
public record Aggregate(long count, long sumHigh, long sumLow, long max) {
  private static final double TWO_TO_32 = 0x1p32;

  /** Mean amount, minor units; the same double for the same events, whatever their order. */
  public double mean() {
    boolean small = sumHigh == (int) sumHigh;
    double sum = small ? (double) ((sumHigh << 32) | sumLow) : sumHigh * TWO_TO_32 + sumLow;
    return sum / count;
  }
}
