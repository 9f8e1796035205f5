/**
 * Alerts and their reasons in PostgreSQL. In: alerts, and reasons, with the log positions after
 * them. Out: pages of alerts newest first, one alert, its reasons, what arrived after a moment,
 * counts.
 */
@NullMarked
package dev.tidegate.console.store;

import org.jspecify.annotations.NullMarked;
