package dev.tidegate.scoring.release;

import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import org.jspecify.annotations.Nullable;

/** Events of [models] for tests, about the fixtures' model. */
public final class ReleaseSteps {
  private ReleaseSteps() {}

  /** A step of a release whose folder and manifest do not matter. */
  public static ModelRelease step(ReleaseAction action, String release) {
    return step(action, release, "/releases/" + release, "0".repeat(64), null);
  }

  /** A canary's step. */
  public static ModelRelease canary(String release, @Nullable Integer percent) {
    return step(ReleaseAction.CANARY, release, "/releases/" + release, "0".repeat(64), percent);
  }

  /** Any step. */
  public static ModelRelease step(
      ReleaseAction action, String release, String uri, String sha256, @Nullable Integer percent) {
    return ModelRelease.newBuilder()
        .setRelease(release)
        .setModel("fixture")
        .setAction(action)
        .setUri(uri)
        .setManifestSha256(sha256)
        .setFeatureDigest(ReleaseFixtures.FEATURES)
        .setCanaryPercent(percent)
        .setBy("alice")
        .setAtMs(1)
        .build();
  }
}
