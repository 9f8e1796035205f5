/**
 * The same windowed features by three designs over the same stream. In: a generated stream of
 * payments; out: events a second of each and its error against exact windows.
 */
package dev.tidegate.benchmarks.windows;
