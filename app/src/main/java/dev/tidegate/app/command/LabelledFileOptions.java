package dev.tidegate.app.command;

import dev.tidegate.app.Refused;
import dev.tidegate.app.offline.LabelledFile;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A file with labels and the part of it that counts. */
final class LabelledFileOptions {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FILE",
      description = FileArgument.DESCRIPTION)
  private Path from = Path.of("");

  @Mixin private ProfileOption reading = new ProfileOption();

  @Option(
      names = "--since",
      paramLabel = "DATE",
      converter = Moment.DateConverter.class,
      description = "First day that counts, UTC. Default: the file's first.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      converter = Moment.DateConverter.class,
      description = "Day before which the last counted payment lies, UTC. Default: the file's end.")
  private @Nullable Instant until;

  /** The file, checked. */
  LabelledFile source() {
    if (since != null && until != null && !since.isBefore(until)) {
      throw new Refused("--since " + since + " is not before --until " + until);
    }
    return new LabelledFile(Inputs.existing(from), reading.profile(), since, until);
  }
}
