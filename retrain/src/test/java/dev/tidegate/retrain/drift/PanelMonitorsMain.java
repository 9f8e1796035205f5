package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.PanelSettings;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.util.List;

/**
 * The panel of features and the watch of volume in a process of its own, to be killed: arguments
 * are the broker and the working folder. Ends when its standard input does.
 */
final class PanelMonitorsMain {
  static final StabilityTopology.Watched FEATURES =
      new StabilityTopology.Watched(
          "r1",
          "d1",
          List.of(0),
          List.of(FeatureReference.numeric("amount", new double[] {1, 2, 3}, new long[3])),
          List.of(),
          new StabilityTopology.How(new PanelSettings(1e-9, 0.04, 3, 1), 0, 4));
  static final VolumeTopology.Watched VOLUME =
      new VolumeTopology.Watched("r1", new Learning(256, 10_080, 0.01), 1e9, 1e9, 4);

  private PanelMonitorsMain() {}

  /** Runs until the parent goes. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    RunningTopology features =
        StabilityTopology.start(
            new DriftMonitor.Where(args[0], folder.resolve("features")),
            registry(),
            FEATURES,
            new DriftMeter());
    RunningTopology volume =
        VolumeTopology.start(
            new DriftMonitor.Where(args[0], folder.resolve("volume")),
            registry(),
            VOLUME,
            new DriftMeter());
    while (System.in.read() >= 0) {
      // Whatever the parent writes means: go on.
    }
    features.close();
    volume.close();
  }

  /** Numbers schemas in one order, so that two processes agree without a server. */
  static InMemoryRegistry registry() {
    InMemoryRegistry registry = new InMemoryRegistry();
    registry.register(Topics.FEATURES.subject(), FeatureVector.getClassSchema().toString());
    registry.register(Topics.TRANSACTIONS.subject(), Transaction.getClassSchema().toString());
    registry.register(Topics.TRANSACTIONS_REJECTED.subject(), Rejected.getClassSchema().toString());
    registry.register(Topics.DRIFT.subject(), DriftMeasurement.getClassSchema().toString());
    return registry;
  }
}
