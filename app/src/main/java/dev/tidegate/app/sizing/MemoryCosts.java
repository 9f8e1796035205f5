package dev.tidegate.app.sizing;

/**
 * What is held on heaps, as {@code tidegate bench memory} weighed it, in bytes each.
 *
 * @param conditions of the run: how many were weighed, seed
 * @param graphPayment a payment within the graph's longest window
 * @param graphAccount an account that the graph remembers, without payments
 * @param waitingPayment a payment that waits for its label in the monitors of outcomes
 * @param trialPayment a payment that waits for its label in a trial of a release
 */
public record MemoryCosts(
    String conditions,
    double graphPayment,
    double graphAccount,
    double waitingPayment,
    double trialPayment) {
  /** Checks the ranges. */
  public MemoryCosts {
    if (!(graphPayment > 0 && graphAccount >= 0 && waitingPayment > 0 && trialPayment > 0)) {
      throw new IllegalArgumentException(
          "bytes of payments are above 0, and those of an account not below");
    }
  }
}
