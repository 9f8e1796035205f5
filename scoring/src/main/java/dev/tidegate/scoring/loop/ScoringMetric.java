package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.metric.Metric;
import dev.tidegate.scoring.decide.Degradation;
import dev.tidegate.scoring.release.ScoringLane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scorer's metrics, each by the lane that it scores. Tags are closed sets, never ids. */
public enum ScoringMetric implements Metric {
  /** Decisions by what was decided. */
  DECISIONS(
      Declaration.counter(
          "scoring.decisions",
          "decisions",
          "Decisions acknowledged by Kafka.",
          Tag.of("outcome", Outcome.class))),
  /** Decisions that are a fall-back. */
  DEGRADED(
      Declaration.counter(
          "scoring.degraded",
          "decisions",
          "Decisions made by the configured fall-back, by its reason.",
          new Tag("reason", Arrays.stream(Degradation.values()).map(Degradation::code).toList()))),
  /** Alerts raised. */
  ALERTS(Declaration.counter("scoring.alerts", "alerts", "Alerts acknowledged by Kafka.")),
  /** Decisions on late payments. */
  LATE(
      Declaration.counter(
          "scoring.late",
          "decisions",
          "Decisions on payments that came later than event time allows: their vectors hold what had"
              + " arrived.")),
  /** Vectors decided before. */
  DUPLICATES(
      Declaration.counter(
          "scoring.duplicates",
          "vectors",
          "Vectors of payments decided before, skipped: redelivery after a restart or replay.")),
  /** Records that are no vector. */
  UNDECODABLE(
      Declaration.counter(
          "scoring.undecodable",
          "records",
          "Records of the lane's vectors that cannot be read, skipped with their offset in the log.")),
  /** Rule events refused. */
  RULES_REFUSED(
      Declaration.counter(
          "scoring.rules.refused",
          "events",
          "Events of [rules] refused with their reason in the log; the version before stays.")),
  /** Rules that could not be asked. */
  RULES_FAILED(
      Declaration.counter(
          "scoring.rules.failed",
          "answers",
          "Rules that could not be asked about a payment, as on an overflow; the others were.")),
  /** Rules in use. */
  RULES(
      Declaration.gauge(
          "scoring.rules", "definitions", "Rules, typologies and list entries in use.")),
  /** Steps and releases refused. */
  RELEASES_REFUSED(
      Declaration.counter(
          "scoring.releases.refused",
          "steps",
          "Steps of [models], and releases that could not serve, refused with their reason in the"
              + " log; who was at work stays.")),
  /** Failures of a release's store. */
  RELEASES_RETRIED(
      Declaration.counter(
          "scoring.releases.retried",
          "tries",
          "Releases named by [models] whose store failed: asked for again after a pause, who was at"
              + " work stays meanwhile.")),
  /** Changes of who decides. */
  LINEUPS(
      Declaration.counter(
          "scoring.lineups", "changes", "Changes of the releases at work, between two batches.")),
  /** Scores of releases in shadow. */
  SHADOW_SCORES(
      Declaration.counter(
          "scoring.shadow.scores",
          "scores",
          "Scores of releases in shadow, which decide nothing, acknowledged by Kafka.")),
  /** Reasons written. */
  REASONS(
      Declaration.counter(
          "scoring.reasons", "alerts", "Alerts whose reasons were computed and handed to Kafka.")),
  /** Reasons that waited behind. */
  REASONS_LATER(
      Declaration.counter(
          "scoring.reasons.later",
          "alerts",
          "Alerts that met a full queue for reasons; theirs came when it was empty.")),
  /** Reasons that will not come. */
  REASONS_MISSING(
      Declaration.counter(
          "scoring.reasons.missing",
          "alerts",
          "Alerts without reasons for want of room or by a failure; the next start of a scorer makes"
              + " up for the newest.")),
  /** Releases in shadow. */
  SHADOWS(Declaration.gauge("scoring.shadows", "releases", "Releases in shadow.")),
  /** Share of the canary. */
  CANARY(
      Declaration.gauge(
          "scoring.canary.percent", "percent", "Share of payers of the canary; 0 without one.")),
  /** A GPU that is not there. */
  GPU_MISSING(
      Declaration.gauge(
          "scoring.gpu.missing",
          "scorers",
          "1 where the champion runs on the processor though a GPU was asked for, else 0.")),
  /** Models that hang. */
  HUNG(
      Declaration.gauge(
          "scoring.models.hung",
          "calls",
          "Calls of models that are over their time and have not come back, each with a thread.")),
  /** Rows in the window. */
  WAITING(
      Declaration.gauge(
          "scoring.window.rows",
          "rows",
          "Records that wait for others to fill their batch, or for the window to end.")),
  /** From the door to the decision. */
  LATENCY(
      Declaration.histogram(
          "scoring.latency.seconds",
          "seconds",
          "From a payment's acceptance at the door to its decision.")),
  /** In the queue. */
  QUEUE(
      Declaration.histogram(
          "scoring.queue.seconds",
          "seconds",
          "From a record's append to the lane's vectors until its batch begins.")),
  /** In the model. */
  INFERENCE(
      Declaration.histogram(
          "scoring.inference.seconds",
          "seconds",
          "Time of the champion's model for a batch, or what was waited for it in vain.")),
  /** Inside the loop. */
  LOOP(
      Declaration.histogram(
          "scoring.loop.seconds",
          "seconds",
          "From a batch's arrival in the scorer to its acknowledgement by Kafka.")),
  /** Batch sizes. */
  BATCH(Declaration.histogram("scoring.batch.rows", "rows", "Records in a batch.")),
  /** Queue. */
  LAG(
      Declaration.gauge(
          "scoring.lag.records",
          "records",
          "Records queued in the assigned partitions of the lane's vectors behind the last batch.")),
  /** Memory of ids. */
  IDS(Declaration.gauge("scoring.ids", "ids", "Ids of decisions and alerts remembered."));

  private final Declaration declared;

  ScoringMetric(Declaration declared) {
    List<Tag> tags = new ArrayList<>(declared.tags());
    tags.add(Tag.of("lane", ScoringLane.class));
    this.declared =
        new Declaration(
            declared.metric(), declared.kind(), declared.unit(), declared.meaning(), tags);
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
