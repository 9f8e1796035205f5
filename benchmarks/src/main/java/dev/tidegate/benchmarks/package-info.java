/**
 * Measurements of the platform. In: generated streams and simulated payments; out: tables and JSON
 * of speed, error, latency and size, with baselines beside.
 */
package dev.tidegate.benchmarks;
