package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.AuditReport;
import java.util.ArrayList;
import java.util.List;

/** Nothing is lost, and nothing is made up. */
public final class AtLeastOnce implements Guarantee<AuditReport> {
  @Override
  public String describe() {
    return "Every accepted payment has a decision, and every decision and alert has its payment.";
  }

  @Override
  public List<String> violations(AuditReport report) {
    List<String> violations = new ArrayList<>();
    report.missing().forEach(id -> violations.add("no decision on " + id));
    report.unexpected().forEach(id -> violations.add("decision on unknown " + id));
    report.orphanAlerts().forEach(id -> violations.add("alert without a decision " + id));
    return violations;
  }
}
