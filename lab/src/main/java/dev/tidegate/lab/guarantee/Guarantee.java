package dev.tidegate.lab.guarantee;

import java.util.List;

/**
 * One promise.
 *
 * @param <R> the audit's report that shows whether it held
 */
public interface Guarantee<R> {
  /** The promise in one sentence. */
  String describe();

  /** How the run broke it, a line each; empty if it held. */
  List<String> violations(R report);

  /**
   * Checks the promise.
   *
   * @throws AssertionError with the promise and its violations, if it was broken
   */
  default void verify(R report) {
    List<String> violations = violations(report);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          describe() + " Broken " + violations.size() + " times: " + violations);
    }
  }
}
