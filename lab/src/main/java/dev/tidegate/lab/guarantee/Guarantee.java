package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.AuditReport;
import java.util.List;

/** One promise. */
public interface Guarantee {
  /** The promise in one sentence. */
  String describe();

  /** How the run broke it, a line each; empty if it held. */
  List<String> violations(AuditReport report);

  /**
   * Checks the promise.
   *
   * @throws AssertionError with the promise and its violations, if it was broken
   */
  default void verify(AuditReport report) {
    List<String> violations = violations(report);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          describe() + " Broken " + violations.size() + " times: " + violations);
    }
  }
}
