package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.decide.Degradation;
import dev.tidegate.scoring.decide.Lineup;
import dev.tidegate.scoring.decide.Verdict;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.reasons.ReasonPool;
import dev.tidegate.scoring.release.ScoringLane;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts what scorers do. Thread safe, with one lock a batch; several loops may share one meter and
 * then show as one, except that lag and ids are those of the loop that reported last.
 */
public final class ScoringMeter {
  private static final int DIGITS = 3;

  private final Map<Outcome, Long> decisions = zeros(Outcome.class);
  private final Map<Degradation, Long> degraded = zeros(Degradation.class);
  private final Histogram latencyMs = new Histogram(DIGITS);
  private final Histogram recentLatencyMs = new Histogram(DIGITS);
  private final Histogram loopMicros = new Histogram(DIGITS);
  private final Histogram queueMs = new Histogram(DIGITS);
  private final Histogram modelMicros = new Histogram(DIGITS);
  private final Histogram batchRows = new Histogram(DIGITS);
  private final Map<ScoringMetric, Long> numbers = zeros(ScoringMetric.class);
  private @Nullable ScoringExport export;

  /**
   * Shows the figures in a registry from now on; counts there begin with what is counted here.
   *
   * @param lane that the scorers score: two meters of one registry are told apart by it
   */
  public synchronized void bindTo(MeterRegistry registry, ScoringLane lane) {
    export = new ScoringExport(this, registry, lane);
  }

  synchronized long decisions(Outcome outcome) {
    return decisions.getOrDefault(outcome, 0L);
  }

  synchronized long degraded(Degradation reason) {
    return degraded.getOrDefault(reason, 0L);
  }

  /** A metric that is one number. */
  synchronized long number(ScoringMetric metric) {
    return numbers.getOrDefault(metric, 0L);
  }

  private void add(ScoringMetric metric, long count) {
    numbers.merge(metric, count, Long::sum);
  }

  private static <K extends Enum<K>> Map<K, Long> zeros(Class<K> keys) {
    Map<K, Long> zeros = new EnumMap<>(keys);
    for (K key : keys.getEnumConstants()) {
      zeros.put(key, 0L);
    }
    return zeros;
  }

  /** Counts decisions that Kafka acknowledged. */
  synchronized void acknowledged(List<Verdict> verdicts) {
    int late = 0;
    int shadows = 0;
    for (Verdict verdict : verdicts) {
      Decision decision = verdict.decision();
      decisions.merge(decision.getOutcome(), 1L, Long::sum);
      long waited = Math.max(0, decision.getDecidedAtMs() - decision.getIngestedAtMs());
      latencyMs.recordValue(waited);
      recentLatencyMs.recordValue(waited);
      late += verdict.late() ? 1 : 0;
      shadows += verdict.shadows().size();
      if (export != null) {
        export.latencyMs(waited);
      }
      if (verdict.degradation() != null) {
        degraded.merge(verdict.degradation(), 1L, Long::sum);
      }
    }
    add(ScoringMetric.LATE, late);
    add(ScoringMetric.SHADOW_SCORES, shadows);
  }

  /** Counts alerts that Kafka acknowledged. */
  synchronized void alerted(int count) {
    add(ScoringMetric.ALERTS, count);
  }

  /** Counts a batch that was read, and how long each of its records was queued. */
  synchronized void read(Intake intake, List<Long> waitedMs) {
    for (long waited : waitedMs) {
      queueMs.recordValue(waited);
      if (export != null) {
        export.queueMs(waited);
      }
    }
    batchRows.recordValue(intake.records());
    add(ScoringMetric.DUPLICATES, intake.duplicates());
    add(ScoringMetric.UNDECODABLE, intake.undecodable());
    if (export != null) {
      export.batchRows(intake.records());
    }
  }

  /** Counts rule events that were refused and rules that failed; notes how many are in use. */
  synchronized void rules(long refusedEvents, long failedAnswers, long inUse) {
    add(ScoringMetric.RULES_REFUSED, refusedEvents);
    add(ScoringMetric.RULES_FAILED, failedAnswers);
    numbers.put(ScoringMetric.RULES, inUse);
  }

  /** Counts what became of requests for reasons. */
  synchronized void reasons(ReasonPool.Counts more) {
    add(ScoringMetric.REASONS, more.explained());
    add(ScoringMetric.REASONS_LATER, more.later());
    add(ScoringMetric.REASONS_MISSING, more.refused() + more.failed());
  }

  /** Counts a change of the lineup. */
  synchronized void linedUp() {
    add(ScoringMetric.LINEUPS, 1);
  }

  /** Counts steps and releases refused, and tries at a store that failed; notes who is at work. */
  synchronized void releases(long refused, long retried, Lineup lineup, DeviceUse champion) {
    add(ScoringMetric.RELEASES_REFUSED, refused);
    add(ScoringMetric.RELEASES_RETRIED, retried);
    numbers.put(ScoringMetric.SHADOWS, (long) lineup.shadows().size());
    numbers.put(ScoringMetric.CANARY, (long) lineup.share().percent());
    numbers.put(ScoringMetric.GPU_MISSING, champion.missing() == null ? 0L : 1L);
    numbers.put(ScoringMetric.HUNG, (long) lineup.hung());
  }

  /** Notes rows that wait for others to fill their batch. */
  synchronized void waiting(int rows) {
    numbers.put(ScoringMetric.WAITING, (long) rows);
  }

  /**
   * Records how long a batch took and what is left.
   *
   * @param ofModel of which its model, or what was waited for it in vain; negative if it was not
   *     asked
   */
  synchronized void finished(long micros, long ofModel, long recordsQueued, long idsHeld) {
    if (ofModel >= 0) {
      modelMicros.recordValue(ofModel);
    }
    loopMicros.recordValue(Math.max(0, micros));
    numbers.put(ScoringMetric.LAG, recordsQueued);
    numbers.put(ScoringMetric.IDS, idsHeld);
    if (export != null) {
      export.loopMicros(Math.max(0, micros));
      if (ofModel >= 0) {
        export.modelMicros(ofModel);
      }
    }
  }

  /**
   * Latencies, in milliseconds from the door to the decision, since this was called last; for one
   * caller that watches how things go at the moment.
   */
  public synchronized Histogram takeRecentLatency() {
    Histogram recent = recentLatencyMs.copy();
    recentLatencyMs.reset();
    return recent;
  }

  /** The figures so far. */
  public synchronized ScoringMetrics snapshot() {
    return new ScoringMetrics(
        Map.copyOf(decisions),
        Map.copyOf(degraded),
        number(ScoringMetric.ALERTS),
        number(ScoringMetric.LATE),
        number(ScoringMetric.DUPLICATES),
        number(ScoringMetric.UNDECODABLE),
        number(ScoringMetric.RULES_REFUSED),
        number(ScoringMetric.RULES_FAILED),
        number(ScoringMetric.RELEASES_REFUSED),
        number(ScoringMetric.LINEUPS),
        ScoringMetrics.Spread.of(latencyMs),
        ScoringMetrics.Spread.of(queueMs),
        ScoringMetrics.Spread.of(modelMicros),
        ScoringMetrics.Spread.of(loopMicros),
        ScoringMetrics.Spread.of(batchRows),
        number(ScoringMetric.LAG),
        number(ScoringMetric.IDS));
  }
}
