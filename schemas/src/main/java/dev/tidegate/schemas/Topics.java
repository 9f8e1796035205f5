package dev.tidegate.schemas;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.event.Transaction;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topic catalogue: every topic of the platform, once. Topic creation, the table in {@code
 * docs/reference/topics.md} and manifests are made from it or tested against it.
 *
 * <p>Keys are UTF-8 strings. Values are Avro in Confluent's wire format under the subject {@code
 * <topic>-value}. On {@link #TRANSACTIONS} a record without a value is a {@link Heartbeat}.
 */
public enum Topics {
  /** Payments accepted at the door. */
  TRANSACTIONS(
      "transactions",
      "payer account",
      Transaction.class,
      4,
      Retention.days(7),
      Flow.from("ingest").to("features", "graph-aml", "retrain", "history")),
  /** Inputs that could not become a transaction. */
  TRANSACTIONS_REJECTED(
      "transactions.rejected",
      "source:offset",
      Rejected.class,
      1,
      Retention.days(30),
      Flow.from("ingest").to("console", "retrain")),
  /** What payments turned out to be. */
  LABELS(
      "labels",
      "transaction id",
      Label.class,
      4,
      Retention.days(365),
      Flow.from("ingest", "console").to("features", "retrain", "trials", "history")),
  /** Feature vectors, each with its payment. */
  FEATURES(
      "features",
      "payer account",
      FeatureVector.class,
      4,
      Retention.days(7),
      Flow.from("features").to("scoring", "graph-aml", "retrain", "history")),
  /** What the account graph says about each payment between accounts. */
  GRAPH_SIGNALS(
      "graph-signals",
      "payer account",
      GraphSignal.class,
      4,
      Retention.days(7),
      Flow.from("graph-aml").to("scoring", "console")),
  /** Features and signals of each payment between accounts, for the AML lane. */
  AML_VECTORS(
      "aml-vectors",
      "payer account",
      FeatureVector.class,
      4,
      Retention.days(7),
      Flow.from("graph-aml").to("scoring", "history")),
  /** Identifiers of accounts and customers that no payment carries. */
  SIGHTINGS(
      "sightings",
      "member",
      Sighting.class,
      4,
      Retention.days(365),
      Flow.from("core-banking").to("graph-aml")),
  /** Clusters of accounts and customers that share identifiers, as they change. */
  CLUSTERS(
      "clusters",
      "cluster",
      ClusterChange.class,
      4,
      Retention.days(365),
      Flow.from("graph-aml").to("console")),
  /** The answer to each payment. */
  DECISIONS(
      "decisions",
      "transaction id",
      Decision.class,
      4,
      Retention.days(30),
      Flow.from("scoring").to("core-banking", "retrain", "trials", "scoring", "history")),
  /** What the AML lane makes of payments between accounts; they authorise and hold nothing. */
  AML_DECISIONS(
      "aml-decisions",
      "transaction id",
      Decision.class,
      4,
      Retention.days(30),
      Flow.from("scoring").to("scoring", "history")),
  /** Payments an analyst should see. */
  ALERTS(
      "alerts",
      "alert id",
      Alert.class,
      4,
      Retention.days(365),
      Flow.from("scoring").to("console", "scoring")),
  /** Payments that the AML lane's model scored high. */
  AML_ALERTS(
      "aml-alerts",
      "alert id",
      Alert.class,
      4,
      Retention.days(365),
      Flow.from("scoring").to("console", "scoring")),
  /** Episodes of laundering patterns, version after version. */
  PATTERN_ALERTS(
      "pattern-alerts",
      "alert id",
      PatternAlert.class,
      4,
      Retention.days(365),
      Flow.from("graph-aml").to("console", "graph-aml")),
  /** Why payments were scored high, after their alerts. */
  ALERT_REASONS(
      "alert-reasons",
      "alert id",
      AlertReasons.class,
      4,
      Retention.days(365),
      Flow.from("scoring").to("console", "scoring")),
  /** What releases in shadow make of payments. */
  SHADOW_SCORES(
      "shadow-scores",
      "transaction id:release",
      ShadowScore.class,
      4,
      Retention.days(30),
      Flow.from("scoring").to("retrain", "trials")),
  /** Readings of the drift monitors. */
  DRIFT(
      "drift",
      "monitor:subject",
      DriftMeasurement.class,
      1,
      Retention.days(365),
      Flow.from("retrain").to("console", "retrain")),
  /** Confirmed causes to train. */
  RETRAIN_REQUESTS(
      "retrain-requests",
      "model",
      RetrainRequest.class,
      1,
      Retention.days(365),
      Flow.from("retrain", "console").to("retrain")),
  /** States of training runs. */
  RETRAIN_RUNS(
      "retrain-runs",
      "run id",
      RetrainRun.class,
      1,
      Retention.newestByKey(),
      Flow.from("retrain").to("console", "retrain", "trials")),
  /** Releases and the steps of their lives. */
  MODELS(
      "models",
      "model",
      ModelRelease.class,
      1,
      Retention.forever(),
      Flow.from("retrain", "trials", "console").to("scoring", "console", "retrain", "trials")),
  /** Versions of rules, typologies and list entries. */
  RULES(
      "rules",
      "rule id",
      Rule.class,
      1,
      Retention.newestByKey(),
      Flow.from("console").to("scoring", "console")),
  /** Control actions, hash-chained. */
  AUDIT(
      "audit",
      "subject",
      AuditEvent.class,
      1,
      Retention.forever(),
      Flow.from("console", "retrain", "trials", "scoring").to("console", "retrain", "trials"));

  private final String topic;
  private final String key;
  private final Class<? extends SpecificRecord> value;
  private final int partitions;
  private final Retention retention;
  private final Flow flow;

  Topics(
      String topic,
      String key,
      Class<? extends SpecificRecord> value,
      int partitions,
      Retention retention,
      Flow flow) {
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.partitions = partitions;
    this.retention = retention;
    this.flow = flow;
  }

  /** Name of the topic in Kafka. */
  public String topic() {
    return topic;
  }

  /** What the key is, for people. */
  public String key() {
    return key;
  }

  /** Class of the value. */
  public Class<? extends SpecificRecord> value() {
    return value;
  }

  /** Default number of partitions. */
  public int partitions() {
    return partitions;
  }

  /** How long records are kept. */
  public Retention retention() {
    return retention;
  }

  /**
   * True if each record is needed only until the next stage has dealt with it, so that size may
   * bound the topic where a writer waits for its reader. Decisions are not passing: scorers read
   * them back to decide nothing twice. Nor is anything that people or audits come back to.
   */
  public boolean passing() {
    return switch (this) {
      case TRANSACTIONS, FEATURES, GRAPH_SIGNALS, AML_VECTORS -> true;
      default -> false;
    };
  }

  /** Who writes and who reads. */
  public Flow flow() {
    return flow;
  }

  /** Subject of the value's schema in the registry. */
  public String subject() {
    return topic + "-value";
  }
}
