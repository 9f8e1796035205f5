package dev.tidegate.graphaml;

import dev.tidegate.schemas.metric.Metric.Tag;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters of one metric in a task's group, one for each value of the metric's tag.
 *
 * @param <E> the tag's values
 */
public final class TaggedCounters<E extends Enum<E>> {
  private final Map<E, Counter> counters;

  /**
   * Registers the counters.
   *
   * @param metric one with a single tag, whose values these are
   */
  public TaggedCounters(MetricGroup group, GraphMetric metric, Class<E> values) {
    counters = new EnumMap<>(values);
    String tag = metric.declared().tags().get(0).name();
    for (E value : values.getEnumConstants()) {
      counters.put(value, group.addGroup(tag, Tag.text(value)).counter(metric.metric()));
    }
  }

  /** One more. */
  public void inc(E value) {
    Objects.requireNonNull(counters.get(value)).inc();
  }
}
