package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.VectorReport;
import java.util.ArrayList;
import java.util.List;

/** No payment is lost on its way through the features, and none is made up. */
public final class EveryPaymentHasItsVector implements Guarantee<VectorReport> {
  @Override
  public String describe() {
    return "Every accepted payment has a feature vector, and every vector has its payment.";
  }

  @Override
  public List<String> violations(VectorReport report) {
    List<String> violations = new ArrayList<>();
    report.missing().forEach(id -> violations.add("no vector of " + id));
    report.unexpected().forEach(id -> violations.add("vector of unknown " + id));
    return violations;
  }
}
