package dev.tidegate.benchmarks.loop;

/**
 * The scoring loop, measured.
 *
 * @param release whose model scores
 * @param backend what serves it
 * @param features width of a vector
 * @param sustained as fast as it goes
 * @param latency at a steady rate
 */
public record LoopFigures(
    String release, String backend, int features, Sustained sustained, Latency latency) {
  /**
   * As fast as it goes, from a topic that is full.
   *
   * @param rows decided in the measured span
   * @param rowsPerSecond rows a second of wall time
   * @param rowsPerLoopCpuSecond rows a second of processor time of the loop's thread
   * @param rowsPerCpuSecond rows a second of processor time of the process, broker included
   * @param loopMicrosPerRow processor time of the loop's thread a row
   * @param modelMicrosPerRow of which the model alone, measured on the same rows in such batches
   * @param overheadMicrosPerRow the rest: reading, remembering, rules, writing
   */
  public record Sustained(
      long rows,
      double rowsPerSecond,
      double rowsPerLoopCpuSecond,
      double rowsPerCpuSecond,
      double loopMicrosPerRow,
      double modelMicrosPerRow,
      double overheadMicrosPerRow) {}

  /**
   * From the broker's append of a vector to its append of the decision, milliseconds.
   *
   * @param rowsPerSecond the rate, in the open loop
   * @param rows answered
   * @param lost sent and not answered
   */
  public record Latency(
      double rowsPerSecond,
      long rows,
      long lost,
      double p50,
      double p99,
      double p999,
      double most) {}
}
