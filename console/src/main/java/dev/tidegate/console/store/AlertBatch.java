package dev.tidegate.console.store;

import dev.tidegate.schemas.event.Alert;
import java.util.List;

/**
 * What one read of the log brought; stored as a whole or not at all.
 *
 * @param alerts alerts read; one that is stored already is passed over
 * @param positions where to go on, for each partition that was read
 * @param unreadable records that are no alert
 */
public record AlertBatch(
    List<Alert> alerts, List<Position> positions, List<Unreadable> unreadable) {
  /** Copies the lists. */
  public AlertBatch {
    alerts = List.copyOf(alerts);
    positions = List.copyOf(positions);
    unreadable = List.copyOf(unreadable);
  }

  /** Alerts that came from no log, or whose positions do not matter. */
  public static AlertBatch of(List<Alert> alerts) {
    return new AlertBatch(alerts, List.of(), List.of());
  }
}
