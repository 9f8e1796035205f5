/**
 * Heavier searches over the archive. In: payments of a slice of time; out: dense flows, bicliques
 * and communities, told of each account and as cases with their payments. Kernels in plain Java;
 * {@code MinePipeline} is the bounded job around them.
 */
@NullMarked
package dev.tidegate.graphaml.mine;

import org.jspecify.annotations.NullMarked;
