package dev.tidegate.features.archive;

import java.net.URI;
import java.nio.file.Path;

/**
 * Settings of the history job.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param registryUrl base address of the schema registry
 * @param consumerGroup consumer group on the topics
 * @param directory folder of the history: a path on this machine, or an address with a scheme that
 *     Flink has a file system for, {@code s3://bucket/history}
 * @param rollMs from one checkpoint of the job to the next, milliseconds; each finishes the files
 *     since the last, so it is also how long a record may be missing from the history; 100 to
 *     3,600,000
 * @param parallelism subtasks, each with files of its own; 1 to 128
 */
public record HistorySettings(
    String bootstrapServers,
    String registryUrl,
    String consumerGroup,
    String directory,
    long rollMs,
    int parallelism) {
  private static final long LEAST_ROLL_MS = 100;
  private static final long LONGEST_ROLL_MS = 3_600_000;

  /**
   * Checks every value, and makes the directory an address.
   *
   * @throws IllegalArgumentException if one does not fit; it names the key
   */
  public HistorySettings {
    requireText("bootstrapServers", bootstrapServers);
    requireText("registryUrl", registryUrl);
    requireText("consumerGroup", consumerGroup);
    requireText("directory", directory);
    requireRange("rollMs", rollMs, LEAST_ROLL_MS, LONGEST_ROLL_MS);
    requireRange("parallelism", parallelism, 1, 128);
    directory = address(directory);
  }

  private static String address(String directory) {
    return directory.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.*")
        ? URI.create(directory).toString()
        : Path.of(directory).toAbsolutePath().normalize().toUri().toString();
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("history." + key + " is missing");
    }
  }

  private static void requireRange(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "history." + key + " is " + value + ", not between " + low + " and " + high);
    }
  }
}
