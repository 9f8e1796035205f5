package dev.tidegate.app.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where results go. */
final class OutOption {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if it is not there.")
  private Path out = Path.of("");

  /** The folder, made if need be. */
  Path made() {
    return Inputs.folder(out);
  }

  /** The folder, which holds nothing but a release, if it is there at all. */
  Path forRelease() {
    Inputs.empty(out);
    return out;
  }
}
