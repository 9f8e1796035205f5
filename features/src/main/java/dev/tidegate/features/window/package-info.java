/**
 * Exact sliding windows over one key's events. In: (key's state, time, amount, id); out: count, sum
 * and maximum of each window. Plain Java: no Flink, no clock, no input or output.
 */
package dev.tidegate.features.window;
