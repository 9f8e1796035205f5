package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.event.RetrainRequest;
import java.util.Map;

/** Requests for tests. */
final class SampleRequests {
  private SampleRequests() {}

  static RetrainRequest drift(String id, String model, long atMs) {
    return of(id, model, "concept-drift", atMs);
  }

  static RetrainRequest person(String id, String model, long atMs) {
    return of(id, model, Launcher.PERSON, atMs);
  }

  private static RetrainRequest of(String id, String model, String cause, long atMs) {
    return RetrainRequest.newBuilder()
        .setRequestId(id)
        .setModel(model)
        .setCause(cause)
        .setRequestedBy("concept-calibration")
        .setRequestedAtMs(atMs)
        .setStatistic(61.5)
        .setThreshold(50)
        .setWindowStartMs(atMs - 1_000)
        .setWindowEndMs(atMs)
        .setRelease("card-0001")
        .setMonitor("concept-calibration")
        .setFeatureDigest("d1")
        .setCutMs(atMs)
        .setOffsets(Map.of("features-0", 42L, "labels-0", 7L))
        .setSeed(11)
        .build();
  }
}
