/**
 * Alerts in PostgreSQL. In: alerts with the log positions after them. Out: pages of alerts newest
 * first, one alert, what arrived after a moment, counts.
 */
@NullMarked
package dev.tidegate.console.store;

import org.jspecify.annotations.NullMarked;
