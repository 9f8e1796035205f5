package dev.tidegate.schemas.metric;

import dev.tidegate.schemas.metric.Metric.Declaration;
import dev.tidegate.schemas.metric.Metric.Kind;
import dev.tidegate.schemas.metric.Metric.Tag;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A stage's metrics in a registry: nothing gets there that is not declared as it is. The registry
 * holds the owner of the numbers by a weak reference: they are shown for as long as it lives. Not
 * thread safe; the owner is asked by any thread.
 *
 * @param <T> who keeps the numbers
 */
public final class StageMeters<T> {
  private final MeterRegistry registry;
  private final T owner;

  /** Meters of an owner's numbers in a registry. */
  public StageMeters(MeterRegistry registry, T owner) {
    this.registry = registry;
    this.owner = owner;
  }

  /**
   * Shows a count that the owner keeps.
   *
   * @param tagValues one of each declared tag's values, in their order
   */
  public void counter(Metric metric, ToDoubleFunction<T> count, String... tagValues) {
    Declaration declared = require(metric, Kind.COUNTER);
    FunctionCounter.builder(declared.metric(), owner, count)
        .tags(tags(declared, tagValues))
        .description(declared.meaning())
        .register(registry);
  }

  /** Shows a number that the owner knows at any time; tags as for {@link #counter}. */
  public void gauge(Metric metric, ToDoubleFunction<T> value, String... tagValues) {
    Declaration declared = require(metric, Kind.GAUGE);
    Gauge.builder(declared.metric(), owner, value)
        .tags(tags(declared, tagValues))
        .description(declared.meaning())
        .register(registry);
  }

  /**
   * A distribution that the stage records into.
   *
   * @param bounds upper bounds of the buckets, in the declared unit, rising
   */
  public DistributionSummary histogram(Metric metric, double[] bounds, String... tagValues) {
    Declaration declared = require(metric, Kind.HISTOGRAM);
    return DistributionSummary.builder(declared.metric())
        .tags(tags(declared, tagValues))
        .description(declared.meaning())
        .serviceLevelObjectives(bounds)
        .register(registry);
  }

  private static Declaration require(Metric metric, Kind kind) {
    Declaration declared = metric.declared();
    if (declared.kind() != kind) {
      throw new IllegalArgumentException(
          declared.metric() + " is declared as " + declared.kind() + ", not as " + kind);
    }
    return declared;
  }

  private static Tags tags(Declaration declared, String... values) {
    List<Tag> names = declared.tags();
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          declared.metric() + " has " + names.size() + " tags, not " + values.length);
    }
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      if (!names.get(i).values().contains(values[i])) {
        throw new IllegalArgumentException(
            declared.metric()
                + " has no value "
                + values[i]
                + " of its tag "
                + names.get(i).name());
      }
      tags = tags.and(names.get(i).name(), values[i]);
    }
    return tags;
  }
}
