package dev.tidegate.app;

import dev.tidegate.app.command.AuditCommand;
import dev.tidegate.app.command.DemoCommand;
import dev.tidegate.app.command.EvaluateCommand;
import dev.tidegate.app.command.FeaturesCommand;
import dev.tidegate.app.command.GraphCommand;
import dev.tidegate.app.command.ModelsCommand;
import dev.tidegate.app.command.ProfileCommand;
import dev.tidegate.app.command.ReplayCommand;
import dev.tidegate.app.command.RetrainCommand;
import dev.tidegate.app.command.RulesCommand;
import dev.tidegate.app.command.RunCommand;
import dev.tidegate.app.command.SimulateCommand;
import dev.tidegate.app.command.SizeCommand;
import dev.tidegate.app.command.TrainCommand;
import dev.tidegate.app.command.UpCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code tidegate} command. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, each
 * with one line that says what to do.
 */
@Command(
    name = "tidegate",
    version = "tidegate 0.1.0",
    mixinStandardHelpOptions = true,
    description = "Event-driven fraud and anti-money-laundering streaming platform.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      RunCommand.class,
      SizeCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ProfileCommand.class,
      FeaturesCommand.class,
      GraphCommand.class,
      RulesCommand.class,
      ModelsCommand.class,
      RetrainCommand.class,
      AuditCommand.class,
      DemoCommand.class
    },
    footer = {
      "",
      "Start here:  ./tidegate up        the whole platform on a simulated bank, in a browser",
      "Measure it:  ./tidegate bench features    speed and error, baselines beside",
      "Exit codes:  0 done, 1 failed, 2 wrong usage or configuration"
    })
public final class Tidegate implements Runnable {
  /** Cells of the help's first column. */
  private static final int LONGEST_OPTION = 26;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public Tidegate() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command; the exit code. */
  public static int run(String... args) {
    CommandLine line = new CommandLine(new Tidegate());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION);
    line.setParameterExceptionHandler(new UsageText());
    line.setExecutionExceptionHandler(new FailureText());
    return line.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? up, run, size, replay, simulate, train, evaluate, profile, features, graph,"
            + " rules, models, audit, retrain or demo");
  }
}
