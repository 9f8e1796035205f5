package dev.tidegate.graphaml.fans;

/**
 * What an account did within a window.
 *
 * @param in payments into the account
 * @param out payments out of it
 */
public record Fans(Side in, Side out) {
  /**
   * One direction.
   *
   * @param peers distinct accounts at the other end
   * @param count payments
   * @param amount sum of amounts, minor units, the double nearest to the exact sum up to 2^53
   */
  public record Side(long peers, long count, double amount) {}
}
