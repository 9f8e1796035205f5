package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.decide.Degradation;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The scorer's figures at a moment; {@link ScoringMetric} says what each means.
 *
 * @param decisions by outcome, every outcome present
 * @param degraded by reason, every reason present
 * @param alerts raised
 * @param late decisions on payments that came later than event time allows
 * @param duplicates vectors of payments decided before
 * @param undecodable records that are no vector
 * @param rulesRefused events of [rules] refused
 * @param rulesFailed rules that could not be asked about a payment
 * @param releasesRefused steps and releases of [models] refused
 * @param lineups changes of the releases at work
 * @param latencyMs from the door to the decision, milliseconds
 * @param queueMs from a record's append to [features] until its batch begins, milliseconds
 * @param modelMicros of a batch by the champion's model, microseconds
 * @param loopMicros from a batch's arrival to its acknowledgement, microseconds
 * @param batchRows records in a batch
 * @param lag records still queued
 * @param ids ids remembered
 */
public record ScoringMetrics(
    Map<Outcome, Long> decisions,
    Map<Degradation, Long> degraded,
    long alerts,
    long late,
    long duplicates,
    long undecodable,
    long rulesRefused,
    long rulesFailed,
    long releasesRefused,
    long lineups,
    Spread latencyMs,
    Spread queueMs,
    Spread modelMicros,
    Spread loopMicros,
    Spread batchRows,
    long lag,
    long ids) {
  /** Decisions of any outcome. */
  public long decided() {
    return decisions.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * A distribution in six numbers, each within 0.1 % (HdrHistogram, three digits).
   *
   * @param count values recorded; with 0, the others are 0
   * @param mean arithmetic mean
   * @param p50 median
   * @param p99 99th percentile
   * @param p999 99.9th percentile
   * @param max largest value
   */
  public record Spread(long count, double mean, long p50, long p99, long p999, long max) {
    static Spread of(Histogram histogram) {
      return new Spread(
          histogram.getTotalCount(),
          histogram.getMean(),
          histogram.getValueAtPercentile(50),
          histogram.getValueAtPercentile(99),
          histogram.getValueAtPercentile(99.9),
          histogram.getMaxValue());
    }
  }
}
