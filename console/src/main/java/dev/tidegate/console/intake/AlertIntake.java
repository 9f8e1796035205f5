package dev.tidegate.console.intake;

import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.Evidence;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.PatternAlert;

/**
 * Reads [alerts], [aml-alerts], [alert-reasons] and [pattern-alerts] into their stores. Events and
 * the log positions after them are stored in one transaction and reading goes on from the stored
 * positions, so every event is stored exactly once, whatever is killed when. Positions are also
 * committed to Kafka, for tools that show lag; nothing reads them back. There is no group
 * membership and so no wait for one that died: of several consoles on one database each reads all
 * partitions, and the store passes over what another has stored. A partition added while it runs is
 * read from the next start.
 *
 * <p>Each topic is read on a thread of its own, with a state of its own: reasons that cannot be
 * read hold up no alert. If the log, the registry or the database fails, the intake tries again
 * after a pause, for ever.
 */
public final class AlertIntake implements AutoCloseable {
  /** Consumer group under which the consoles' positions are shown in Kafka. */
  public static final String GROUP = "console";

  private final TopicIntake<Alert> alerts;
  private final TopicIntake<Alert> amlAlerts;
  private final TopicIntake<AlertReasons> reasons;
  private final TopicIntake<PatternAlert> patterns;

  /** An intake; {@link #start} sets it going. */
  public AlertIntake(
      String bootstrapServers, SchemaRegistry registry, AlertStore alerts, Evidence evidence) {
    this.alerts = alerts(bootstrapServers, Topics.ALERTS, registry, alerts);
    this.amlAlerts = alerts(bootstrapServers, Topics.AML_ALERTS, registry, alerts);
    this.reasons =
        new TopicIntake<>(
            new LogAccess(bootstrapServers, Topics.ALERT_REASONS.topic()),
            EventDecoder.reasons(registry),
            evidence.reasons());
    this.patterns =
        new TopicIntake<>(
            // Mined cases come in transactions.
            LogAccess.committed(bootstrapServers, Topics.PATTERN_ALERTS.topic()),
            EventDecoder.patterns(registry),
            evidence.patterns());
  }

  private static TopicIntake<Alert> alerts(
      String bootstrapServers, Topics topic, SchemaRegistry registry, AlertStore store) {
    return new TopicIntake<>(
        new LogAccess(bootstrapServers, topic.topic()),
        EventDecoder.alerts(topic, registry),
        store);
  }

  /**
   * Starts reading; returns at once. Once only.
   *
   * @param alertsCame called on a thread of the intake after a batch with a new alert was stored,
   *     or with an episode that opened, grew or closed
   * @param reasonsCame called on a thread of the intake after a batch with new reasons was stored
   */
  public void start(Runnable alertsCame, Runnable reasonsCame) {
    alerts.start(alertsCame);
    amlAlerts.start(alertsCame);
    reasons.start(reasonsCame);
    patterns.start(alertsCame);
  }

  /** What the intake of alerts does at the moment: of both lanes the one worse off. */
  public IntakeState state() {
    IntakeState payments = alerts.state();
    return payments.running() ? amlAlerts.state() : payments;
  }

  /** What the intake of reasons does at the moment. */
  public IntakeState reasonsState() {
    return reasons.state();
  }

  /** What the intake of pattern alerts does at the moment. */
  public IntakeState patternsState() {
    return patterns.state();
  }

  /** Versions of pattern alerts that were stored since the start and newer than what was there. */
  public long patterns() {
    return patterns.stored();
  }

  /** Alerts that were stored since the start and had not been there. */
  public long alerts() {
    return alerts.stored() + amlAlerts.stored();
  }

  /** Reasons that were stored since the start and were newer than what had been there. */
  public long reasons() {
    return reasons.stored();
  }

  /** Records since the start that were no event of their topic. */
  public long unreadable() {
    return alerts.unreadable()
        + amlAlerts.unreadable()
        + reasons.unreadable()
        + patterns.unreadable();
  }

  /** Tells the reading to end; returns at once. {@link #close} waits for it. */
  public void end() {
    alerts.end();
    amlAlerts.end();
    reasons.end();
    patterns.end();
  }

  /** Stops reading; waits at most a second and a half a topic for the batch in hand. */
  @Override
  public void close() {
    end();
    alerts.awaitEnd();
    amlAlerts.awaitEnd();
    reasons.awaitEnd();
    patterns.awaitEnd();
  }
}
