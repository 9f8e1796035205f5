package dev.tidegate.retrain.request;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.ReleaseLine;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The watch for causes in a process of its own, to be killed: arguments are the broker and the
 * working folder. Ends when its standard input does.
 */
final class RequestMonitorMain {
  static final Duration COOLDOWN = Duration.ofHours(1);

  private RequestMonitorMain() {}

  /** Runs until the parent goes. */
  public static void main(String[] args) throws Exception {
    RequestMonitor monitor =
        RequestMonitor.start(
            args[0],
            Path.of(args[1]),
            registry(),
            new RequestTopology.Watched(
                new InCharge("card", "card-0001", "m1", "d1"),
                new ReleaseLine.Known("card-0001", "releases/card-0001", "m1"),
                new RequestPolicy(COOLDOWN, 3, 0, Duration.ZERO)));
    while (System.in.read() >= 0) {
      // Whatever the parent writes means: go on.
    }
    monitor.close();
  }

  /** Numbers schemas in one order, so that two processes agree without a server. */
  static InMemoryRegistry registry() {
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.register(Topics.DECISIONS.subject(), Decision.getClassSchema().toString());
    registry.register(Topics.DRIFT.subject(), DriftMeasurement.getClassSchema().toString());
    registry.register(Topics.MODELS.subject(), ModelRelease.getClassSchema().toString());
    registry.register(
        Topics.RETRAIN_REQUESTS.subject(), RetrainRequest.getClassSchema().toString());
    return registry;
  }
}
