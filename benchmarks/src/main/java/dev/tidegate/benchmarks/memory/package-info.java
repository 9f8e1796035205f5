/**
 * What payments that stages hold take on their heaps. Out: bytes of each, for the sizing formula.
 */
@NullMarked
package dev.tidegate.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
