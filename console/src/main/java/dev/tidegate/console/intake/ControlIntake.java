package dev.tidegate.console.intake;

import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRun;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * Reads [models], [audit], [retrain-runs] and [drift] into memory, each on a thread of its own, the
 * readings of the last month and the others from their start. If the log or the registry fails, it
 * tries again after a pause, for ever, and goes on where it was.
 */
public final class ControlIntake implements AutoCloseable {
  // As many as are kept of fifty monitors at once, and all of a month: a monitor that tells alarms
  // alone, or one cohort a day, would not stand among the newest of those that tell each minute.
  private static final long NEWEST_READINGS = 50L * DriftBook.MOST_READINGS;
  private static final Duration MONTH = Duration.ofDays(31);

  private final TopicIntake<ModelRelease> steps;
  private final TopicIntake<AuditEvent> audit;
  private final TopicIntake<RetrainRun> runs;
  private final TopicIntake<DriftMeasurement> drift;

  /**
   * An intake; {@link #start} sets it going.
   *
   * @param clock of the log's times, for what is a month ago
   */
  public ControlIntake(
      String bootstrapServers,
      SchemaRegistry registry,
      ReleaseBook releases,
      DriftBook readings,
      InstantSource clock) {
    steps =
        new TopicIntake<>(
            LogAccess.committed(bootstrapServers, Topics.MODELS.topic()),
            EventDecoder.of(Topics.MODELS, ModelRelease.class, ModelRelease::getRelease, registry),
            releases.steps());
    audit =
        new TopicIntake<>(
            LogAccess.committed(bootstrapServers, Topics.AUDIT.topic()),
            EventDecoder.of(Topics.AUDIT, AuditEvent.class, AuditEvent::getHash, registry),
            releases.audit());
    runs =
        new TopicIntake<>(
            LogAccess.committed(bootstrapServers, Topics.RETRAIN_RUNS.topic()),
            EventDecoder.of(Topics.RETRAIN_RUNS, RetrainRun.class, RetrainRun::getRunId, registry),
            releases.runs());
    drift =
        new TopicIntake<>(
            LogAccess.committed(bootstrapServers, Topics.DRIFT.topic()),
            EventDecoder.of(
                Topics.DRIFT, DriftMeasurement.class, DriftMeasurement::getMeasurementId, registry),
            readings.log(),
            () ->
                new LogAccess.Begin(NEWEST_READINGS, clock.instant().minus(MONTH).toEpochMilli()));
  }

  /** Starts reading; returns at once. Once only. */
  public void start() {
    all().forEach(intake -> intake.start(() -> {}));
  }

  private Stream<TopicIntake<?>> all() {
    return Stream.of(steps, audit, runs, drift);
  }

  /** What the intake of readings does at the moment. */
  public IntakeState driftState() {
    return drift.state();
  }

  /** What the intake of releases, their audit and runs does: of the three the one worst off. */
  public IntakeState modelsState() {
    return Stream.of(steps.state(), audit.state(), runs.state())
        .filter(state -> !state.running())
        .findFirst()
        .orElse(steps.state());
  }

  /** What it does with all its topics: that of the one worst off. */
  public IntakeState state() {
    IntakeState models = modelsState();
    return models.running() ? drift.state() : models;
  }

  /** Control events read since the start. */
  public long events() {
    return all().mapToLong(TopicIntake::stored).sum();
  }

  /** Records since the start that were no event of their topic. */
  public long unreadable() {
    return all().mapToLong(TopicIntake::unreadable).sum();
  }

  /** Tells the reading to end; returns at once. {@link #close} waits for it. */
  public void end() {
    all().forEach(TopicIntake::end);
  }

  /** Stops reading; waits at most a second and a half a topic for the batch in hand. */
  @Override
  public void close() {
    end();
    all().forEach(TopicIntake::awaitEnd);
  }
}
