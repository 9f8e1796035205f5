/** The scoring loop at a real broker: how many rows it takes, and how long one waits. */
@NullMarked
package dev.tidegate.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
