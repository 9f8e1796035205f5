package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.AuditReport;
import java.util.ArrayList;
import java.util.List;

/** Holds as long as the scorer's memory of published ids spans what is replayed to it. */
public final class PublishedOnce implements Guarantee<AuditReport> {
  @Override
  public String describe() {
    return "Every decision and every alert stands on its topic once.";
  }

  @Override
  public List<String> violations(AuditReport report) {
    List<String> violations = new ArrayList<>();
    report.duplicated().forEach(id -> violations.add("decided again: " + id));
    report.doubledAlerts().forEach(id -> violations.add("alerted again: " + id));
    return violations;
  }
}
