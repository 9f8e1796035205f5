package dev.tidegate.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which release scores. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model release that scores. Default: the one that ships.")
  private @Nullable Path model;

  /** The release's folder; null for the one that ships. */
  @Nullable Path folder() {
    return model;
  }
}
