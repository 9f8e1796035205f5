package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.scoring.decide.EventId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The newest alerts without reasons as a scorer finds them at its start: another was ended before
 * it had explained them. Later alerts are the business of who raised them. Not thread safe.
 */
final class UnexplainedAlerts {
  private static final int MOST = 2_000;

  private final Predicate<EventId> explained;
  private final Deque<Alert> found = new ArrayDeque<>();
  private boolean started;

  /** None yet; the predicate is true for the id of an alert whose reasons stand. */
  UnexplainedAlerts(Predicate<EventId> explained) {
    this.explained = explained;
  }

  /** Notes an alert that stands, unless the scorer has started. */
  void standing(EventId id, Alert alert) {
    if (!started && !explained.test(id)) {
      found.add(alert);
      if (found.size() > MOST) {
        found.remove();
      }
    }
  }

  /** What was found, once, when the scorer starts. */
  List<Alert> take() {
    started = true;
    List<Alert> taken = List.copyOf(found);
    found.clear();
    return taken;
  }
}
