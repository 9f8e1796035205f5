/**
 * The analysts' page. In: the topics [alerts] and [alert-reasons], a PostgreSQL database, what the
 * platform reports. Out: a web page with the alerts, newest first and live, and the same as JSON.
 */
@NullMarked
package dev.tidegate.console;

import org.jspecify.annotations.NullMarked;
