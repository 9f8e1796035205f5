package dev.tidegate.app.config;

import java.time.Duration;

/**
 * A Flink job's dials.
 *
 * @param allowedDisorder how far behind the newest payment another is still put in order
 * @param idleAfter after how long a silent partition no longer holds back the others
 * @param allowedDrift how far, in event time, a partition is read ahead of the slowest one; zero
 *     for no bound
 * @param parallelism parallel subtasks
 */
public record JobSettings(
    Duration allowedDisorder, Duration idleAfter, Duration allowedDrift, int parallelism) {
  /** Those of the section named for the stage. */
  static JobSettings of(Configuration configuration, String stage) {
    return new JobSettings(
        configuration.span(stage + ".allowed-disorder", Duration.ZERO, Duration.ofHours(1)),
        configuration.span(stage + ".idle-after", Duration.ofMillis(100), Duration.ofMinutes(10)),
        configuration.span(stage + ".allowed-drift", Duration.ZERO, Duration.ofDays(30)),
        configuration.integer(stage + ".parallelism", 1, 128));
  }
}
