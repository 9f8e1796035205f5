package dev.tidegate.app.config;

import java.time.Duration;

/**
 * What the stages run on.
 *
 * @param freeDiskBytes free disk space that a start asks for
 * @param checkpointInterval how often Flink jobs write a checkpoint
 * @param jobRestarts restarts after which a Flink job that fails again is given up
 */
public record PlatformSettings(long freeDiskBytes, Duration checkpointInterval, int jobRestarts) {
  private static final long MEBIBYTE = 1 << 20;

  static PlatformSettings of(Configuration configuration) {
    return new PlatformSettings(
        configuration.integer("platform.min-free-disk-mib", 0, 1_000_000) * MEBIBYTE,
        configuration.span(
            "platform.checkpoint-interval", Duration.ofMillis(100), Duration.ofMinutes(10)),
        configuration.integer("platform.job-restarts", 0, 1_000_000));
  }
}
