package dev.tidegate.app.command;

import dev.tidegate.ingest.profile.Profile;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A file of transactions as the command's argument, and how it is read. */
final class FileArgument {
  /** What files can be read. */
  static final String DESCRIPTION = "Transactions: .csv, .csv.gz, .csv.zst or .zip.";

  @Parameters(paramLabel = "FILE", description = DESCRIPTION)
  private Path file = Path.of("");

  @Mixin private ProfileOption reading = new ProfileOption();

  /** The file, checked. */
  Path file() {
    return Inputs.existing(file);
  }

  /** How to read it. */
  Profile profile() {
    return reading.profile();
  }
}
