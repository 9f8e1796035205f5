package dev.tidegate.retrain.evaluate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Customers whose fraud was already known on a test day, by the Fraud Detection Handbook's
 * protocol: a fraud counts as known from the day whose start is more than the label delay after it.
 * Blocking such a customer needs no model, so the test leaves them out.
 *
 * <p>Frauds before the training range are not looked at, as in the Handbook: a customer is taken to
 * have a new card by then. Keeps one time a customer.
 */
public final class KnownFraud {
  private static final long MILLIS_A_DAY = 86_400_000L;

  // configuration
  private final long sinceMs;
  private final long delayMs;

  // runtime
  private final Map<String, Long> firstFraudMs = new HashMap<>();

  /**
   * Nothing known yet.
   *
   * @param trainingSinceMs start of the training range, inclusive, UTC milliseconds
   * @param labelDelay time from a fraud to its label
   */
  public KnownFraud(long trainingSinceMs, Duration labelDelay) {
    this.sinceMs = trainingSinceMs;
    this.delayMs = labelDelay.toMillis();
  }

  /** A fraud happened; in any order. */
  public void add(String customer, long eventTimeMs) {
    if (eventTimeMs >= sinceMs) {
      firstFraudMs.merge(customer, eventTimeMs, Math::min);
    }
  }

  /** True if on the UTC day of that moment a fraud of the customer was known. */
  public boolean known(String customer, long testTimeMs) {
    Long first = firstFraudMs.get(customer);
    long startOfDay = testTimeMs - Math.floorMod(testTimeMs, MILLIS_A_DAY);
    return first != null && first < startOfDay - delayMs;
  }
}
