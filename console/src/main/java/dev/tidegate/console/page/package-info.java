/**
 * The console's pages as HTML text. In: alerts, counts, the platform's state and the moment. Out:
 * {@link dev.tidegate.console.page.Markup}, in which everything that came from outside is escaped
 * by construction. No database, no network, no clock.
 */
@NullMarked
package dev.tidegate.console.page;

import org.jspecify.annotations.NullMarked;
