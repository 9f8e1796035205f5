/**
 * How things stand, for the strip at the top of every page. In: counts of the store, state of the
 * intake, what the platform reports. Out: one {@link dev.tidegate.console.status.Standing}.
 */
@NullMarked
package dev.tidegate.console.status;

import org.jspecify.annotations.NullMarked;
