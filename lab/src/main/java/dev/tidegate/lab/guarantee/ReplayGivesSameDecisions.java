package dev.tidegate.lab.guarantee;

import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.schemas.event.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same input, features, rules and model give the same decisions, score bits included. */
public final class ReplayGivesSameDecisions implements Guarantee<AuditReport> {
  private final Map<String, Decision> reference;

  /** Compares with an earlier run over the same input. */
  public ReplayGivesSameDecisions(AuditReport earlier) {
    this.reference = earlier.decisions();
  }

  @Override
  public String describe() {
    return "A replay gives the decisions of the first run, equal in all but wall clock.";
  }

  @Override
  public List<String> violations(AuditReport report) {
    List<String> violations = new ArrayList<>();
    reference.forEach(
        (id, decision) -> {
          @Nullable Decision replayed = report.decisions().get(id);
          if (replayed == null) {
            violations.add("not decided in the replay: " + id);
          } else if (!replayed.equals(decision)) {
            violations.add("decided otherwise in the replay: " + id);
          }
        });
    report.decisions().keySet().stream()
        .filter(id -> !reference.containsKey(id))
        .forEach(id -> violations.add("decided in the replay alone: " + id));
    return violations;
  }
}
