package dev.tidegate.features;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of the features job.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param registryUrl base address of the schema registry
 * @param consumerGroup consumer group on [transactions]
 * @param disorderMs how far, in milliseconds, a transaction may stand behind one with a later time
 *     on its partition before it is late; 0 to 3,600,000
 * @param idleMs after how long, in milliseconds, a silent partition no longer holds back event
 *     time; at least 100
 * @param parallelism subtasks of each operator, 1 to 128
 */
public record FeaturesSettings(
    String bootstrapServers,
    String registryUrl,
    String consumerGroup,
    long disorderMs,
    long idleMs,
    int parallelism) {
  private static final Set<String> KEYS =
      Set.of(
          "bootstrapServers",
          "registryUrl",
          "consumerGroup",
          "disorderMs",
          "idleMs",
          "parallelism");

  /** Checks every range; the message names the key. */
  public FeaturesSettings {
    requireText("bootstrapServers", bootstrapServers);
    requireText("registryUrl", registryUrl);
    requireText("consumerGroup", consumerGroup);
    requireRange("disorderMs", disorderMs, 0, 3_600_000);
    requireRange("idleMs", idleMs, 100, Integer.MAX_VALUE);
    requireRange("parallelism", parallelism, 1, 128);
  }

  /** The defaults for a broker and a registry. */
  public static FeaturesSettings of(String bootstrapServers, String registryUrl, int parallelism) {
    return new FeaturesSettings(bootstrapServers, registryUrl, "features", 0, 5_000, parallelism);
  }

  /**
   * From keys and values; a key that is not there has its default, only the two addresses have
   * none.
   *
   * @throws IllegalArgumentException if a key is unknown or a value does not fit; it names the key
   */
  public static FeaturesSettings from(Map<String, String> values) {
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "unknown key features." + key + "; known: " + new TreeSet<>(KEYS));
      }
    }
    return new FeaturesSettings(
        values.getOrDefault("bootstrapServers", ""),
        values.getOrDefault("registryUrl", ""),
        values.getOrDefault("consumerGroup", "features"),
        number(values, "disorderMs", 0),
        number(values, "idleMs", 5_000),
        Math.toIntExact(number(values, "parallelism", 1)));
  }

  private static long number(Map<String, String> values, String key, long defaultValue) {
    String text = values.get(key);
    try {
      return text == null ? defaultValue : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("features." + key + " is not a number: " + text, e);
    }
  }

  private static void requireText(String key, String value) {
    if (Objects.requireNonNull(value, key).isBlank()) {
      throw new IllegalArgumentException("features." + key + " is missing");
    }
  }

  private static void requireRange(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "features." + key + " is " + value + ", not between " + low + " and " + high);
    }
  }
}
