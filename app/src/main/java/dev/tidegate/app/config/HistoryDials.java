package dev.tidegate.app.config;

import java.time.Duration;

/**
 * The history's dials.
 *
 * @param enabled whether it is kept
 * @param directory folder or address of its files; blank for the one in the data directory
 * @param roll how often files are finished
 * @param parallelism parallel subtasks
 */
public record HistoryDials(boolean enabled, String directory, Duration roll, int parallelism) {
  static HistoryDials of(Configuration configuration) {
    return new HistoryDials(
        configuration.flag("history.enabled"),
        configuration.text("history.directory"),
        configuration.span("history.roll", Duration.ofMillis(100), Duration.ofHours(1)),
        configuration.integer("history.parallelism", 1, 128));
  }
}
