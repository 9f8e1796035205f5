package dev.tidegate.app.models;

import dev.tidegate.schemas.audit.FourEyes;
import dev.tidegate.schemas.event.AuditEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who agreed to a release, by the audit. An approval is of one release and its manifest, and a
 * rollback or the retirement of the release takes all approvals of it away. Names are compared
 * without regard to case.
 */
final class Approvals {
  /** Action of an approval; its state after is the manifest's sum. */
  static final String APPROVE = "model.approve";

  static final String ROLLBACK = "model.rollback";
  static final String RETIRE = "model.retire";

  private Approvals() {}

  /** Who has approved what stands. */
  static Set<String> of(String release, String manifestSha256, List<AuditEvent> audit) {
    Set<String> approved = new LinkedHashSet<>();
    for (AuditEvent event : audit) {
      if (!event.getSubject().equals(release)) {
        continue;
      }
      switch (event.getAction()) {
        case APPROVE -> {
          if (manifestSha256.equals(event.getTo())) {
            approved.add(event.getActor());
          }
        }
        case ROLLBACK, RETIRE -> approved.clear();
        default -> {}
      }
    }
    return approved;
  }

  /** True if somebody else than one person has approved. */
  static boolean byAnother(Set<String> approved, String person) {
    return approved.stream().anyMatch(name -> !FourEyes.samePerson(name, person));
  }
}
