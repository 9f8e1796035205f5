package dev.tidegate.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate rules}: the open rules. */
@Command(
    name = "rules",
    description = "The open rules: check, test, evaluate, backtest and send them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RulesCheckCommand.class,
      RulesTestCommand.class,
      RulesEvaluateCommand.class,
      RulesBacktestCommand.class,
      RulesSendCommand.class,
      RulesWithdrawCommand.class,
      RulesStandingCommand.class
    })
public final class RulesCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public RulesCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? check, test, evaluate, backtest, send, withdraw or standing");
  }
}
