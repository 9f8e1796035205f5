/**
 * Releases of models and the runs that make them. In: events of [models], [audit] and
 * [retrain-runs], and a desk that knows the rules of their steps. Out: what stands, the figures
 * that releases say of themselves, and steps that people take.
 */
@NullMarked
package dev.tidegate.console.models;

import org.jspecify.annotations.NullMarked;
