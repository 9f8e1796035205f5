/**
 * What a {@link dev.tidegate.graphaml.temporal.TemporalGraph} is built again from after a stop. In:
 * payments as the graph takes them. Out: chunks of bytes that change little from one checkpoint to
 * the next, and the graph of before.
 */
@NullMarked
package dev.tidegate.graphaml.log;

import org.jspecify.annotations.NullMarked;
