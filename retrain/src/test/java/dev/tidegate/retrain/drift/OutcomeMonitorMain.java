package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Label;
import java.nio.file.Path;

/**
 * The outcome monitor in a process of its own, to be killed: arguments are the broker and the
 * working folder. Ends when its standard input does.
 */
final class OutcomeMonitorMain {
  /** A reading for each observation, so that each can be counted from outside. */
  static final OutcomeSettings SETTINGS =
      new OutcomeSettings(
          1_000,
          100,
          10,
          64,
          1,
          new OutcomeSettings.Detectors(1e12, 1e12, 1e12, new Learning(100, 2_000, 0.01)));

  private OutcomeMonitorMain() {}

  /** Runs until the parent goes. */
  public static void main(String[] args) throws Exception {
    OutcomeMonitor monitor =
        OutcomeMonitor.start(
            new DriftMonitor.Where(args[0], Path.of(args[1])),
            registry(),
            "r1",
            SETTINGS,
            new DriftMeter());
    while (System.in.read() >= 0) {
      // Whatever the parent writes means: go on.
    }
    monitor.close();
  }

  /** Numbers schemas in one order, so that two processes agree without a server. */
  static InMemoryRegistry registry() {
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.register(Topics.DECISIONS.subject(), Decision.getClassSchema().toString());
    registry.register(Topics.LABELS.subject(), Label.getClassSchema().toString());
    registry.register(Topics.DRIFT.subject(), DriftMeasurement.getClassSchema().toString());
    return registry;
  }
}
