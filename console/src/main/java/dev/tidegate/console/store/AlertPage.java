package dev.tidegate.console.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * Some alerts, newest first.
 *
 * @param alerts the alerts
 * @param older cursor of the next older page; empty on the last one
 */
public record AlertPage(List<StoredAlert> alerts, OptionalLong older) {
  /** Copies the list. */
  public AlertPage {
    alerts = List.copyOf(alerts);
  }
}
