package dev.tidegate.app.live;

import dev.tidegate.app.config.Configuration;
import dev.tidegate.lab.platform.FlinkOptions;
import java.time.Duration;

/** A mini cluster that is as large as the jobs' settings ask for. */
public final class FlinkSizes {
  /** RocksDB flushes its tables too often with much less. */
  private static final int MEBIBYTES_A_SLOT = 128;

  private FlinkSizes() {}

  /** Slots for all jobs, checkpoints at the given interval, the rest as the lab has it. */
  public static FlinkOptions of(Configuration configuration, Duration checkpointInterval) {
    int slots =
        configuration.integer("features.parallelism", 1, 128)
            + configuration.integer("graph-aml.parallelism", 1, 128)
            + (configuration.flag("history.enabled")
                ? configuration.integer("history.parallelism", 1, 128)
                : 0);
    FlinkOptions defaults = FlinkOptions.defaults();
    int mebibytes = MEBIBYTES_A_SLOT * slots;
    return new FlinkOptions(
        slots, 1, checkpointInterval, defaults.bufferTimeout(), mebibytes, defaults.restart());
  }
}
