package dev.tidegate.console.store;

import dev.tidegate.schemas.event.Alert;

/**
 * An alert with its place in the order of arrival.
 *
 * @param seq rises with arrival; has gaps
 * @param alert the alert as it was raised
 */
public record StoredAlert(long seq, Alert alert) {}
