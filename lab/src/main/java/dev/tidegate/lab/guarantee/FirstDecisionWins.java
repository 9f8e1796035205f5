package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.AuditReport;
import java.util.List;

/** What was published about a payment stands; a reader by key sees it once. */
public final class FirstDecisionWins implements Guarantee<AuditReport> {
  @Override
  public String describe() {
    return "A published decision never changes: records on the same payment differ in wall clock"
        + " alone.";
  }

  @Override
  public List<String> violations(AuditReport report) {
    return report.changed().stream().map(id -> "decision changed on " + id).toList();
  }
}
