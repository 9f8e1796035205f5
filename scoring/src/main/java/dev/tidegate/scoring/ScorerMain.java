package dev.tidegate.scoring;

import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.loop.ScoringLoop;
import dev.tidegate.scoring.loop.ScoringSettings;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one scorer until it is told to stop. Argument: the release folder. Environment: {@code
 * TIDEGATE_BOOTSTRAP_SERVERS}, {@code TIDEGATE_REGISTRY_URL}, and where it may score on a GPU
 * {@code TIDEGATE_SCORING_DEVICE}: cpu (default), cuda, cuda-required. Exit 1 if the loop failed, 2
 * on wrong usage, a refused release or a required GPU that is missing; a signal ends it in order,
 * with the signal's own code.
 */
public final class ScorerMain {
  private ScorerMain() {}

  /** Entry point. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args, System.getenv()));
  }

  static int run(String[] args, Map<String, String> environment) throws InterruptedException {
    String servers = environment.get("TIDEGATE_BOOTSTRAP_SERVERS");
    String registry = environment.get("TIDEGATE_REGISTRY_URL");
    if (args.length != 1 || servers == null || registry == null) {
      System.err.println(
          "usage: TIDEGATE_BOOTSTRAP_SERVERS=... TIDEGATE_REGISTRY_URL=... scorer RELEASE_FOLDER");
      return 2;
    }
    try {
      Device device = Device.named(environment.getOrDefault("TIDEGATE_SCORING_DEVICE", "cpu"));
      LoadedRelease release = ReleaseStore.load(Path.of(args[0]), null, device);
      return serve(
          ScoringSettings.at(servers, new ConfluentRegistry(registry)).on(device), release);
    } catch (ReleaseRefused | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }

  private static int serve(ScoringSettings settings, LoadedRelease release)
      throws InterruptedException {
    try (ScoringLoop loop = ScoringLoop.start(settings, release, WallClock.INSTANCE)) {
      Runtime.getRuntime().addShutdownHook(new Thread(loop::close, "scoring-shutdown"));
      @Nullable Throwable failure = loop.awaitEnd();
      return failure == null ? 0 : 1;
    }
  }
}
