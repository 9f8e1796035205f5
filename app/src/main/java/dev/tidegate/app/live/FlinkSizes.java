package dev.tidegate.app.live;

import dev.tidegate.app.config.Settings;
import dev.tidegate.lab.platform.FlinkOptions;
import java.time.Duration;

/** A mini cluster that is as large as the jobs' settings ask for. */
public final class FlinkSizes {
  /** RocksDB flushes its tables too often with much less. */
  private static final int MEBIBYTES_A_SLOT = 128;

  private FlinkSizes() {}

  /** Slots for all jobs, checkpoints at the given interval, the rest as the lab has it. */
  public static FlinkOptions of(Settings settings, Duration checkpointInterval) {
    int history = settings.history().enabled() ? settings.history().parallelism() : 0;
    int slots = settings.features().parallelism() + settings.graph().parallelism() + history;
    FlinkOptions defaults = FlinkOptions.defaults();
    return new FlinkOptions(
        slots,
        1,
        checkpointInterval,
        defaults.bufferTimeout(),
        MEBIBYTES_A_SLOT * slots,
        new FlinkOptions.RestartLimit(
            settings.platform().jobRestarts(), defaults.restart().delay()));
  }
}
