package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.outcome.CohortWatch;
import dev.tidegate.retrain.outcome.FairnessMeasure;
import dev.tidegate.retrain.outcome.FairnessReading;
import dev.tidegate.retrain.outcome.FairnessWatch;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of outcomes is tested once in a while: performance of cohorts and fairness between groups.
 * Mutable; not thread safe.
 *
 * <p>Statistics are turned so that more is worse, as of all monitors: what is missed and not what
 * is found; by how many times a group is let through less, or stopped wrongly more, than all
 * others, each at least, as far as the evidence goes.
 */
final class OutcomePanels {
  static final String PERFORMANCE = "performance";
  static final String FAIRNESS = "fairness";
  static final String MISSED = "missed-at-budget";
  static final String PRECISION = "pr-auc-lost";

  private final @Nullable CohortWatch cohorts;
  private final @Nullable FairnessWatch fairness;

  OutcomePanels(OutcomeSettings.@Nullable Panels settings) {
    cohorts = settings == null ? null : new CohortWatch(settings.cohorts());
    OutcomeSettings.Groups groups = settings == null ? null : settings.fairness();
    fairness =
        groups == null
            ? null
            : new FairnessWatch(
                groups.windowMs(), groups.level(), ReleaseMark.of(groups.by().name()));
  }

  void observe(Observation observation, Consumer<DriftReading> readings) {
    boolean grouped = !observation.group().isEmpty();
    switch (observation.kind()) {
      case MATURED -> {
        matured(observation, readings);
        if (fairness != null && grouped) {
          tell(
              fairness.matured(
                  observation.timeMs(),
                  observation.group(),
                  observation.stopped(),
                  observation.positive()),
              readings);
        }
      }
      case GROUPED -> {
        if (fairness != null && grouped) {
          tell(
              fairness.decided(observation.timeMs(), observation.group(), observation.stopped()),
              readings);
        }
      }
      case DECIDED, DISPOSED -> {
        // others look at these
      }
    }
  }

  private void matured(Observation observation, Consumer<DriftReading> readings) {
    CohortWatch.Reading ended =
        cohorts == null
            ? null
            : cohorts.observe(observation.timeMs(), observation.score(), observation.positive());
    if (ended != null) {
      DriftReading.Window window =
          new DriftReading.Window(
              ended.startMs(), ended.endMs(), ended.rows(), ended.referenceRows());
      readings.accept(
          new DriftReading(PERFORMANCE, MISSED, window, value(ended.recall(), ended.filling())));
      readings.accept(
          new DriftReading(
              PERFORMANCE, PRECISION, window, value(ended.precision(), ended.filling())));
    }
  }

  private static DriftReading.Value value(CohortWatch.Figure figure, @Nullable Double filling) {
    return new DriftReading.Value(
        1 - figure.value(), 1 - figure.bound(), figure.pValue(), figure.dropped(), filling);
  }

  private static void tell(FairnessWatch.Reading ended, Consumer<DriftReading> readings) {
    for (FairnessReading group : ended.groups()) {
      boolean impact = group.measure() == FairnessMeasure.DISPARATE_IMPACT;
      readings.accept(
          new DriftReading(
              FAIRNESS,
              (impact ? "disparate-impact." : "false-positive-ratio.") + group.group(),
              new DriftReading.Window(ended.startMs(), ended.endMs(), group.rows(), 0),
              DriftReading.Value.of(
                  impact ? 1 / group.high() : group.low(),
                  impact ? 1 / group.limit() : group.limit(),
                  group.breached())));
    }
  }

  int byteSize() {
    return (cohorts == null ? 0 : cohorts.byteSize())
        + (fairness == null ? 0 : fairness.byteSize());
  }

  void write(ByteBuffer out) {
    if (cohorts != null) {
      cohorts.write(out);
    }
    if (fairness != null) {
      fairness.write(out);
    }
  }

  /** Goes on from what was written; what was not watched then begins now. */
  void restore(ByteBuffer in) {
    if (cohorts != null && in.hasRemaining()) {
      cohorts.restore(in);
    }
    if (fairness != null && in.hasRemaining()) {
      fairness.restore(in);
    }
  }
}
