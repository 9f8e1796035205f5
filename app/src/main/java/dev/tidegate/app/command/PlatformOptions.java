package dev.tidegate.app.command;

import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which running platform is meant. */
public final class PlatformOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "tidegate-data",
      description = "Data directory of a running 'up'. Default: ${DEFAULT-VALUE}")
  private Path data = Path.of("tidegate-data");

  @ArgGroup(exclusive = false)
  private @Nullable Elsewhere elsewhere;

  /** For picocli. */
  public PlatformOptions() {}

  /** A platform that is not 'up' on this machine. */
  static final class Elsewhere extends BrokerOptions {
    @Option(
        names = "--champion",
        required = true,
        paramLabel = "DIR",
        description = "Release that its scorers are started with: folder or s3:// address.")
    private String champion = "";
  }

  /** The data directory, whether or not a platform runs on it. */
  Path data() {
    return data;
  }

  /** Where it listens. */
  Whereabouts whereabouts() {
    Elsewhere other = elsewhere;
    return other == null
        ? Whereabouts.of(data)
        : new Whereabouts(other.kafka(), other.registry(), other.champion, null);
  }

  /** Steps of releases at that platform. */
  ReleaseSteps steps() {
    return new ReleaseSteps(whereabouts(), WallClock.INSTANCE);
  }
}
