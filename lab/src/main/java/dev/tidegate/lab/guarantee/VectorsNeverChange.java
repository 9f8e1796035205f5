package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.VectorReport;
import java.util.List;

/** A reader may take any of a payment's vectors. */
public final class VectorsNeverChange implements Guarantee<VectorReport> {
  @Override
  public String describe() {
    return "A vector that is sent again, after a failure or for a repeated payment, has the same"
        + " bits as the first.";
  }

  @Override
  public List<String> violations(VectorReport report) {
    return report.changed().stream().map(id -> "vector changed of " + id).toList();
  }
}
