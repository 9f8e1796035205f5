package dev.tidegate.scoring.loop;

import java.util.List;

/** The scorer's metrics. Tags are closed sets, never ids. */
public enum ScoringMetric {
  /** Decisions by what was decided. */
  DECISIONS(
      "scoring.decisions",
      Type.COUNTER,
      "decisions",
      "Decisions acknowledged by Kafka.",
      "outcome"),
  /** Decisions that are a fall-back. */
  DEGRADED(
      "scoring.degraded",
      Type.COUNTER,
      "decisions",
      "Decisions made by the configured fall-back, by its reason.",
      "reason"),
  /** Alerts raised. */
  ALERTS("scoring.alerts", Type.COUNTER, "alerts", "Alerts acknowledged by Kafka."),
  /** Vectors decided before. */
  DUPLICATES(
      "scoring.duplicates",
      Type.COUNTER,
      "vectors",
      "Vectors of payments decided before, skipped: redelivery after a restart or replay."),
  /** Records that are no vector. */
  UNDECODABLE(
      "scoring.undecodable",
      Type.COUNTER,
      "records",
      "Records of [features] that cannot be read, skipped with their offset in the log."),
  /** From the door to the decision. */
  LATENCY(
      "scoring.latency.seconds",
      Type.HISTOGRAM,
      "seconds",
      "From a payment's acceptance at the door to its decision."),
  /** Inside the loop. */
  LOOP(
      "scoring.loop.seconds",
      Type.HISTOGRAM,
      "seconds",
      "From a batch's arrival in the scorer to its acknowledgement by Kafka."),
  /** Batch sizes. */
  BATCH("scoring.batch.rows", Type.HISTOGRAM, "rows", "Records in a batch."),
  /** Queue. */
  LAG(
      "scoring.lag.records",
      Type.GAUGE,
      "records",
      "Records queued in the assigned partitions of [features] behind the last batch."),
  /** Memory of ids. */
  IDS("scoring.ids", Type.GAUGE, "ids", "Ids of decisions and alerts remembered.");

  /** What kind of number a metric is. */
  public enum Type {
    /** Only grows. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A distribution. */
    HISTOGRAM
  }

  private final String metric;
  private final Type type;
  private final String unit;
  private final String meaning;
  private final List<String> tags;

  ScoringMetric(String metric, Type type, String unit, String meaning, String... tags) {
    this.metric = metric;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  /** Name, dotted. */
  public String metric() {
    return metric;
  }

  /** Kind of number. */
  public Type type() {
    return type;
  }

  /** What is counted or measured. */
  public String unit() {
    return unit;
  }

  /** For people. */
  public String meaning() {
    return meaning;
  }

  /** Names of its tags. */
  public List<String> tags() {
    return tags;
  }
}
