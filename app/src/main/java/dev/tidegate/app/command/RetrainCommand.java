package dev.tidegate.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate retrain}: the loop from a request to a release. */
@Command(
    name = "retrain",
    description = "From a retrain request to a release that passed its gates.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RetrainRunCommand.class})
public final class RetrainCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public RetrainCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? run");
  }
}
