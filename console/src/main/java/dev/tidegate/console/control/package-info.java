/**
 * Control events in memory. In: events of topics that are few and kept, such as steps of releases
 * and readings of monitors. Out: what stands, bounded, and whether it has changed.
 */
@NullMarked
package dev.tidegate.console.control;

import org.jspecify.annotations.NullMarked;
