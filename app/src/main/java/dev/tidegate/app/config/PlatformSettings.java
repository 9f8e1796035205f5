package dev.tidegate.app.config;

import dev.tidegate.app.Refused;
import dev.tidegate.lab.platform.PlatformOptions;
import java.time.Duration;

/**
 * What the stages run on.
 *
 * @param freeDiskBytes free disk space that a start asks for
 * @param stopDiskBytes free disk space under which a running platform stops by itself
 * @param passingLogBytes most that the topics of passing records take together; 0 for no bound
 * @param checkpointInterval how often Flink jobs write a checkpoint
 * @param jobRestarts restarts after which a Flink job that fails again is given up
 */
public record PlatformSettings(
    long freeDiskBytes,
    long stopDiskBytes,
    long passingLogBytes,
    Duration checkpointInterval,
    int jobRestarts) {
  private static final long MEBIBYTE = 1 << 20;

  static PlatformSettings of(Configuration configuration) {
    Duration interval =
        configuration.span(
            "platform.checkpoint-interval", Duration.ofMillis(100), Duration.ofMinutes(10));
    return new PlatformSettings(
        configuration.integer("platform.min-free-disk-mib", 0, 1_000_000) * MEBIBYTE,
        configuration.integer("platform.stop-free-disk-mib", 0, 1_000_000) * MEBIBYTE,
        passingLog(configuration, interval),
        interval,
        configuration.integer("platform.job-restarts", 0, 1_000_000));
  }

  /** Checked against what the stages may have to read again. */
  private static long passingLog(Configuration configuration, Duration interval) {
    long bytes = configuration.integer("platform.passing-log-mib", 0, 10_000_000) * MEBIBYTE;
    long least =
        PlatformOptions.leastPassingLog(
            configuration.integer("ingest.max-in-flight", 100, 1_000_000),
            interval,
            !configuration.text("scoring.aml-release").isBlank());
    if (bytes > 0 && bytes < least) {
      throw new Refused(
          "setting platform.passing-log-mib must be at least "
              + (least / MEBIBYTE + 1)
              + " with these ingest.max-in-flight and platform.checkpoint-interval, or 0");
    }
    return bytes;
  }
}
