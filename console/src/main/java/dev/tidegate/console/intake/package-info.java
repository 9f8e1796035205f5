/**
 * From the log into the database. In: the topic [alerts]. Out: batches stored by {@link
 * dev.tidegate.console.store.AlertStore}, and a call for every batch that brought something new.
 */
@NullMarked
package dev.tidegate.console.intake;

import org.jspecify.annotations.NullMarked;
