package dev.tidegate.benchmarks.job;

/**
 * The whole job, measured.
 *
 * @param features features of a vector
 * @param sustained as fast as it goes
 * @param latency at half of that
 * @param state what it keeps
 */
public record JobFigures(
    int features, int parallelism, Sustained sustained, Latency latency, StateSize state) {
  /**
   * As fast as it goes, reading a topic that is full.
   *
   * @param payments in the measured span
   * @param seconds of the span
   * @param perSecond payments a second of wall time
   * @param perCpuSecond payments a second of processor time, broker included
   * @param perCore payments a second of wall time and processor of the machine
   */
  public record Sustained(
      long payments, double seconds, double perSecond, double perCpuSecond, double perCore) {}

  /**
   * At a steady rate in the open loop, milliseconds of the broker's clock.
   *
   * @param perSecond the rate
   * @param payments answered
   * @param lost sent and not answered when the run was read
   * @param added from a payment's append to its vector's
   * @param fromIntended from the moment a payment was to be sent to its vector's append
   */
  public record Latency(
      double perSecond, long payments, long lost, Quantiles added, Quantiles fromIntended) {}

  /** Milliseconds. */
  public record Quantiles(double p50, double p99, double p999, double most) {}

  /**
   * State on disk.
   *
   * @param payments that made it
   * @param customers of the simulated bank
   * @param days of the payments' time
   * @param checkpointMiB size of the job's newest checkpoints on disk
   */
  public record StateSize(long payments, int customers, double days, double checkpointMiB) {}
}
