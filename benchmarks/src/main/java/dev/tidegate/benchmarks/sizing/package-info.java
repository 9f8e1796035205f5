/** What a payment costs each stage while the platform runs, beside what the sizing formula says. */
@NullMarked
package dev.tidegate.benchmarks.sizing;

import org.jspecify.annotations.NullMarked;
