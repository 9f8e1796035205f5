package dev.tidegate.console.status;

/**
 * What the platform around the console is doing, for the strip at the top of the page.
 *
 * @param feed what is being read, for people, for example {@code simulator}; may be empty
 * @param transactions payments accepted so far
 * @param decisions payments decided so far
 * @param rejected inputs rejected so far
 * @param decisionsPerSecond rate of the last seconds
 * @param p99Millis 99th percentile from accepting to deciding, milliseconds; NaN if not known
 */
public record PlatformStatus(
    String feed,
    long transactions,
    long decisions,
    long rejected,
    double decisionsPerSecond,
    double p99Millis) {}
