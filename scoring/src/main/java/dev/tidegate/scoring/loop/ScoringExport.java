package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.metric.Metric.Tag;
import dev.tidegate.schemas.metric.StageMeters;
import dev.tidegate.scoring.decide.Degradation;
import dev.tidegate.scoring.release.ScoringLane;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** A {@link ScoringMeter}'s figures as meters of a registry. */
final class ScoringExport {
  private static final double MILLIS_A_SECOND = 1e3;
  private static final double MICROS_A_SECOND = 1e6;
  private static final double[] SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30
  };
  private static final double[] MODEL_SECONDS = {
    1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1, 5
  };
  private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384};

  private final DistributionSummary latency;
  private final DistributionSummary queue;
  private final DistributionSummary inference;
  private final DistributionSummary loop;
  private final DistributionSummary batch;

  ScoringExport(ScoringMeter meter, MeterRegistry registry, ScoringLane of) {
    String lane = Tag.text(of);
    StageMeters<ScoringMeter> meters = new StageMeters<>(registry, meter);
    for (Outcome outcome : Outcome.values()) {
      meters.counter(
          ScoringMetric.DECISIONS, counted -> counted.decisions(outcome), Tag.text(outcome), lane);
    }
    for (Degradation reason : Degradation.values()) {
      meters.counter(
          ScoringMetric.DEGRADED, counted -> counted.degraded(reason), reason.code(), lane);
    }
    for (ScoringMetric metric :
        List.of(
            ScoringMetric.ALERTS,
            ScoringMetric.LATE,
            ScoringMetric.DUPLICATES,
            ScoringMetric.UNDECODABLE,
            ScoringMetric.RULES_REFUSED,
            ScoringMetric.RULES_FAILED,
            ScoringMetric.RELEASES_REFUSED,
            ScoringMetric.RELEASES_RETRIED,
            ScoringMetric.LINEUPS,
            ScoringMetric.SHADOW_SCORES,
            ScoringMetric.REASONS,
            ScoringMetric.REASONS_LATER,
            ScoringMetric.REASONS_MISSING)) {
      meters.counter(metric, counted -> counted.number(metric), lane);
    }
    for (ScoringMetric metric :
        List.of(
            ScoringMetric.LAG,
            ScoringMetric.IDS,
            ScoringMetric.RULES,
            ScoringMetric.SHADOWS,
            ScoringMetric.CANARY,
            ScoringMetric.GPU_MISSING,
            ScoringMetric.HUNG,
            ScoringMetric.WAITING)) {
      meters.gauge(metric, counted -> counted.number(metric), lane);
    }
    latency = meters.histogram(ScoringMetric.LATENCY, SECONDS, lane);
    queue = meters.histogram(ScoringMetric.QUEUE, SECONDS, lane);
    inference = meters.histogram(ScoringMetric.INFERENCE, MODEL_SECONDS, lane);
    loop = meters.histogram(ScoringMetric.LOOP, SECONDS, lane);
    batch = meters.histogram(ScoringMetric.BATCH, ROWS, lane);
  }

  void latencyMs(long waited) {
    latency.record(waited / MILLIS_A_SECOND);
  }

  void queueMs(long waited) {
    queue.record(waited / MILLIS_A_SECOND);
  }

  void modelMicros(long micros) {
    inference.record(micros / MICROS_A_SECOND);
  }

  void loopMicros(long micros) {
    loop.record(micros / MICROS_A_SECOND);
  }

  void batchRows(int rows) {
    batch.record(rows);
  }
}
