package dev.tidegate.benchmarks.graph;

/**
 * Figures of one stretch of a job.
 *
 * @param payments in it
 * @param perSecond payments a second
 * @param cores processors that this process used on average
 * @param p50Millis from a payment's leaving the source to its signals, half
 * @param p99Millis 99 %
 */
public record JobFigures(
    int payments, double perSecond, double cores, double p50Millis, double p99Millis) {}
