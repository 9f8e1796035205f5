package dev.tidegate.benchmarks.loop;

import java.util.List;

/**
 * The scoring loop, measured.
 *
 * @param release whose model scores
 * @param backend what serves it
 * @param features width of a vector
 * @param sustained as fast as it goes
 * @param latency at a steady rate
 * @param buffers one buffer against two, for the release's model and one made slow
 */
public record LoopFigures(
    String release,
    String backend,
    int features,
    Sustained sustained,
    Latency latency,
    List<Buffers> buffers) {
  /** Takes a copy. */
  public LoopFigures {
    buffers = List.copyOf(buffers);
  }

  /**
   * Rows a second from a full topic, medians of rounds that took turns.
   *
   * @param model what scores
   * @param rounds of each
   * @param direct one buffer, the model called by the loop's own thread, without a time limit
   * @param one one buffer, the model called beside under a time limit
   * @param two two buffers
   * @param limitRatio {@code one / direct}: what the time limit costs
   * @param ratio {@code two / one}
   */
  public record Buffers(
      String model,
      int rounds,
      double direct,
      double one,
      double two,
      double limitRatio,
      double ratio) {}

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
