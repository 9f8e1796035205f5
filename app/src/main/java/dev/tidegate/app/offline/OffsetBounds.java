package dev.tidegate.app.offline;

import dev.tidegate.schemas.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Up to which records of a topic count.
 *
 * @param ends first offset that no longer counts, by partition; empty where all records count. Of a
 *     partition that is not named no record counts.
 */
public record OffsetBounds(Map<Integer, Long> ends) {
  /** Takes a copy. */
  public OffsetBounds {
    ends = new TreeMap<>(ends);
  }

  /**
   * The bounds of a topic among those of several.
   *
   * @param offsets end offsets by {@code topic-partition}
   */
  public static OffsetBounds of(Topics topic, Map<String, Long> offsets) {
    Map<Integer, Long> ends = new TreeMap<>();
    offsets.forEach(
        (name, end) -> {
          int dash = name.lastIndexOf('-');
          if (dash > 0 && name.substring(0, dash).equals(topic.topic())) {
            ends.put(Integer.parseInt(name.substring(dash + 1)), end);
          }
        });
    return new OffsetBounds(ends);
  }

  /** True if some records do not count. */
  public boolean bounded() {
    return !ends.isEmpty();
  }

  /** The bounds on a history's rows, as SQL has them. */
  String condition() {
    return ends.isEmpty()
        ? "TRUE"
        : ends.entrySet().stream()
            .map(
                end ->
                    "(topicPartition = "
                        + end.getKey()
                        + " AND topicOffset < "
                        + end.getValue()
                        + ")")
            .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
