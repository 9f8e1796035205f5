/**
 * Findings about single payments to episodes: one alert for each course of laundering, which grows
 * with it and is closed by time. In: payments with what the graph found. Out: episodes with the
 * payments and accounts that are their evidence.
 */
@NullMarked
package dev.tidegate.graphaml.pattern;

import org.jspecify.annotations.NullMarked;
