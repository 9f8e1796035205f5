package dev.tidegate.schemas.flink;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of a job that reads [transactions] and writes a topic.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param registryUrl base address of the schema registry
 * @param consumerGroup consumer group on [transactions]
 * @param timing how event time moves
 * @param parallelism subtasks of each operator, 1 to 128
 */
public record StreamSettings(
    String bootstrapServers,
    String registryUrl,
    String consumerGroup,
    Timing timing,
    int parallelism) {
  private static final long MOST_MS = 30L * 86_400_000;
  private static final Set<String> KEYS =
      Set.of(
          "bootstrapServers",
          "registryUrl",
          "consumerGroup",
          "disorderMs",
          "idleMs",
          "driftMs",
          "parallelism");

  /**
   * How event time moves over the partitions of [transactions], milliseconds.
   *
   * @param disorderMs how far a transaction may stand behind one with a later time on its partition
   *     before it is late; 0 to 30 d
   * @param idleMs after how long a silent partition no longer holds back event time; at least 100
   * @param driftMs how far, in event time, a partition is read ahead of the slowest one; what is
   *     read ahead waits on the heap. 0 to 30 d; 0 for no bound
   */
  public record Timing(long disorderMs, long idleMs, long driftMs) {
    private static final Timing DEFAULTS = new Timing(0, 5_000, 60_000);

    /** Checks every range; the message names the key. */
    public Timing {
      requireRange("disorderMs", disorderMs, 0, MOST_MS);
      requireRange("idleMs", idleMs, 100, Integer.MAX_VALUE);
      requireRange("driftMs", driftMs, 0, MOST_MS);
    }

    /** No disorder, idle after 5 s, at most a minute ahead. */
    public static Timing defaults() {
      return DEFAULTS;
    }

    private static Timing from(Map<String, String> values) {
      return new Timing(
          number(values, "disorderMs", DEFAULTS.disorderMs),
          number(values, "idleMs", DEFAULTS.idleMs),
          number(values, "driftMs", DEFAULTS.driftMs));
    }
  }

  /** Checks every range; the message names the key. */
  public StreamSettings {
    requireText("bootstrapServers", bootstrapServers);
    requireText("registryUrl", registryUrl);
    requireText("consumerGroup", consumerGroup);
    requireRange("parallelism", parallelism, 1, 128);
  }

  /** The defaults for a stage, a broker and a registry; the stage's name is the consumer group. */
  public static StreamSettings of(
      String stage, String bootstrapServers, String registryUrl, int parallelism) {
    return new StreamSettings(bootstrapServers, registryUrl, stage, Timing.defaults(), parallelism);
  }

  /** The same with another timing. */
  public StreamSettings withTiming(Timing other) {
    return new StreamSettings(bootstrapServers, registryUrl, consumerGroup, other, parallelism);
  }

  /**
   * From keys and values; a key that is not there has its default, only the two addresses have
   * none.
   *
   * @param stage name of the configuration's section, and the default consumer group
   * @throws IllegalArgumentException if a key is unknown or a value does not fit; it names the key
   */
  public static StreamSettings from(String stage, Map<String, String> values) {
    try {
      for (String key : values.keySet()) {
        if (!KEYS.contains(key)) {
          throw new IllegalArgumentException(
              key + " is not a key; the keys are " + new TreeSet<>(KEYS));
        }
      }
      return new StreamSettings(
          values.getOrDefault("bootstrapServers", ""),
          values.getOrDefault("registryUrl", ""),
          values.getOrDefault("consumerGroup", stage),
          Timing.from(values),
          parallelism(values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(stage + "." + e.getMessage(), e);
    }
  }

  private static int parallelism(Map<String, String> values) {
    return (int) Math.min(Integer.MAX_VALUE, number(values, "parallelism", 1));
  }

  private static long number(Map<String, String> values, String key, long defaultValue) {
    String text = values.get(key);
    try {
      return text == null ? defaultValue : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is not a whole number: " + text, e);
    }
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  private static void requireRange(String key, long value, long low, long high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          key + " is " + value + ", not between " + low + " and " + high);
    }
  }
}
