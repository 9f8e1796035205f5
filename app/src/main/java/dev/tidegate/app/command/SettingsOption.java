package dev.tidegate.app.command;

import dev.tidegate.app.config.Configuration;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Settings over the defaults. */
final class SettingsOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings over those of config/reference.yaml.")
  private @Nullable Path config;

  /** The settings as they are written. */
  Configuration read() {
    return Configuration.load(config);
  }
}
