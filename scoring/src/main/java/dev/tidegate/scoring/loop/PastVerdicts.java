package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a scorer's output topics, whichever scorer wrote it: decisions, alerts, and which
 * of these lack their decision or their reasons. Not thread safe; belongs to the loop's thread.
 */
final class PastVerdicts implements AutoCloseable {
  private final ScoringSettings settings;
  private final InstantSource clock;
  private final WrittenIds decisions;
  private final WrittenIds alerts;
  private final WrittenIds reasons;
  private final StandingAlerts standing;
  private final UnexplainedAlerts unexplained;

  /** Nothing is read before {@link #rebuild}. */
  PastVerdicts(ScoringSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.decisions =
        new WrittenIds(
            settings.lane().decisionTopic(),
            KafkaClients.tail(settings),
            key -> EventId.decision(settings.lane(), new String(key, StandardCharsets.UTF_8)),
            (id, decision) -> {},
            clock,
            settings.horizon());
    this.reasons = ofAlerts(Topics.ALERT_REASONS, (id, value) -> {});
    this.unexplained = new UnexplainedAlerts(reasons::has);
    this.standing = new StandingAlerts(settings, decisions::has, unexplained::standing);
    this.alerts = ofAlerts(settings.lane().alertTopic(), standing::read);
  }

  private WrittenIds ofAlerts(Topics topic, BiConsumer<EventId, byte[]> reader) {
    return new WrittenIds(
        topic,
        KafkaClients.tail(settings),
        PastVerdicts::alertId,
        reader,
        clock,
        settings.horizon());
  }

  /** Alerts of other lanes have ids of the same form; a key of another form is not a scorer's. */
  private static @Nullable EventId alertId(byte[] key) {
    try {
      return EventId.parse(new String(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Reads the horizon's records; the condition is asked between polls, false gives up early. */
  void rebuild(BooleanSupplier goOn) {
    reasons.rebuild(goOn);
    decisions.rebuild(goOn);
    alerts.rebuild(goOn);
  }

  /** Reads what was written since, by this scorer or others. */
  void catchUp(BooleanSupplier goOn) {
    decisions.catchUp(goOn);
    standing.forgetDecided();
    alerts.catchUp(goOn);
  }

  /** Lets go what is older than two horizons. */
  void age() {
    decisions.age();
    alerts.age();
  }

  /**
   * Makes sure that all is known which was written about input since a time; the condition is asked
   * between polls, false gives up early.
   *
   * @return true if anything had to be read
   */
  boolean reachBack(long sinceMs, BooleanSupplier goOn) {
    boolean older = decisions.reachBack(sinceMs, goOn);
    return alerts.reachBack(sinceMs, goOn) || older;
  }

  /** Ids of decisions that stand or are about to. */
  WrittenIds decisions() {
    return decisions;
  }

  /** Ids of alerts that stand or are about to. */
  WrittenIds alerts() {
    return alerts;
  }

  /** See {@link StandingAlerts#answer}. */
  List<Verdict> answer(List<Verdict> verdicts) {
    return standing.answer(verdicts);
  }

  /** See {@link UnexplainedAlerts#take}. */
  List<Alert> takeUnexplained() {
    return unexplained.take();
  }

  /** Number of ids remembered. */
  long size() {
    return (long) decisions.size() + alerts.size();
  }

  @Override
  public void close() {
    decisions.close();
    alerts.close();
    reasons.close();
  }
}
