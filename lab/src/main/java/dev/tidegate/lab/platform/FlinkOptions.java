package dev.tidegate.lab.platform;

import java.time.Duration;

/**
 * How the mini cluster runs its jobs.
 *
 * @param slots task slots; a job takes as many as its parallelism
 * @param parallelism default parallelism of a job
 * @param checkpointInterval from one checkpoint's start to the next one's
 * @param bufferTimeout longest that a record waits in an output buffer between tasks
 * @param managedMemoryMiB memory for RocksDB and other off-heap state, shared by all slots
 * @param restart when a failing job is given up
 */
public record FlinkOptions(
    int slots,
    int parallelism,
    Duration checkpointInterval,
    Duration bufferTimeout,
    int managedMemoryMiB,
    RestartLimit restart) {

  /**
   * When a failing job is given up.
   *
   * @param attempts restarts before the job counts as failed
   * @param delay pause before a restart
   */
  public record RestartLimit(int attempts, Duration delay) {}

  /** Checks the ranges. */
  public FlinkOptions {
    if (slots < 1 || parallelism < 1 || parallelism > slots) {
      throw new IllegalArgumentException(
          "parallelism " + parallelism + " needs as many slots, there are " + slots);
    }
  }

  /** 8 slots, parallelism 2, checkpoints each 2 s, buffers flushed after 2 ms, 128 MiB. */
  public static FlinkOptions defaults() {
    return new FlinkOptions(
        8,
        2,
        Duration.ofSeconds(2),
        Duration.ofMillis(2),
        128,
        new RestartLimit(20, Duration.ofMillis(500)));
  }

  /** The same with other slots and default parallelism. */
  public FlinkOptions withParallelism(int newSlots, int newParallelism) {
    return new FlinkOptions(
        newSlots, newParallelism, checkpointInterval, bufferTimeout, managedMemoryMiB, restart);
  }

  /** The same with another checkpoint interval. */
  public FlinkOptions withCheckpointInterval(Duration interval) {
    return new FlinkOptions(slots, parallelism, interval, bufferTimeout, managedMemoryMiB, restart);
  }

  /** The same with another limit for restarts. */
  public FlinkOptions withRestart(int attempts, Duration delay) {
    return new FlinkOptions(
        slots,
        parallelism,
        checkpointInterval,
        bufferTimeout,
        managedMemoryMiB,
        new RestartLimit(attempts, delay));
  }
}
