/**
 * The kernel of the features: one entity's history and what it says as of each event. In: events of
 * one entity and labels, in any order. Out: the numbers its measures ask for, exact while the
 * entity is small, from tiles with a flag beyond. Plain Java without clock, engine or I/O.
 */
@NullMarked
package dev.tidegate.features.history;

import org.jspecify.annotations.NullMarked;
