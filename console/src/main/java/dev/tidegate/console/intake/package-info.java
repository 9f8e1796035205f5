/**
 * From the log into the database. In: the topics [alerts] and [alert-reasons]. Out: batches stored
 * by {@link dev.tidegate.console.store.AlertStore} and {@link
 * dev.tidegate.console.store.ReasonStore}, and a call for every batch that brought something new.
 */
@NullMarked
package dev.tidegate.console.intake;

import org.jspecify.annotations.NullMarked;
