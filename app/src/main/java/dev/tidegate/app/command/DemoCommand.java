package dev.tidegate.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate demo}: what the platform does, shown. */
@Command(
    name = "demo",
    description = "See a whole loop run, on embedded parts and a simulated bank.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DemoDriftCommand.class})
public final class DemoCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public DemoCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? drift");
  }
}
