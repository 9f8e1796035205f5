package dev.tidegate.schemas.codec;

import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.util.Map;

/** Fixed events of retraining, and what they were before they grew. */
final class RetrainSamples {
  private RetrainSamples() {}

  static RetrainRequest request() {
    return RetrainRequest.newBuilder(requestOfBeforeItSaidWhatToRead())
        .setMonitor("concept-label")
        .setFeatureDigest(SampleEvents.DIGEST)
        .setCutMs(SampleEvents.TIME + 29)
        .setOffsets(Map.of("labels-3", 4_711L))
        .setSeed(20_261_128L)
        .setReleaseDigest(SampleEvents.DIGEST)
        .setWhy("Fraud rose behind the scores.")
        .build();
  }

  static RetrainRequest requestOfBeforeItSaidWhatToRead() {
    return RetrainRequest.newBuilder()
        .setRequestId("request-1")
        .setModel("card-fraud")
        .setCause("concept-drift")
        .setRequestedBy("calibration-monitor")
        .setRequestedAtMs(SampleEvents.TIME + 30)
        .setStatistic(61.5)
        .setThreshold(50.0)
        .setWindowStartMs(SampleEvents.TIME)
        .setWindowEndMs(SampleEvents.TIME + 86_400_000)
        .setRelease("card-fraud-sim-0001")
        .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .build();
  }

  static RetrainRun run() {
    return RetrainRun.newBuilder(runOfBeforeItNamedItsJob())
        .setFingerprint(SampleEvents.DIGEST)
        .setJobName("tidegate-train-0123456789abcdef")
        .setModel("card-fraud")
        .setCause("concept-drift")
        .setRequestedAtMs(SampleEvents.TIME + 30)
        .build();
  }

  static RetrainRun runOfBeforeItNamedItsJob() {
    return RetrainRun.newBuilder()
        .setRunId("run-1")
        .setRequestId("request-1")
        .setState(RunState.SUCCEEDED)
        .setAtMs(SampleEvents.TIME + 40)
        .setDetail("The challenger beat the champion.")
        .setRelease("card-fraud-sim-0002")
        .build();
  }
}
