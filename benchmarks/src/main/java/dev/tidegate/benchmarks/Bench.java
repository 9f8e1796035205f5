package dev.tidegate.benchmarks;

import dev.tidegate.app.FailureText;
import dev.tidegate.app.UsageText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tidegate bench}: measurements that anyone can repeat. Exit codes: 0 done, 1 failed, 2
 * wrong usage.
 */
@Command(
    name = "tidegate bench",
    description = "Measure the platform on this machine, baselines beside it.",
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      DriftBenchCommand.class,
      FeaturesBenchCommand.class,
      GraphBenchCommand.class,
      HandbookBenchCommand.class,
      LoopBenchCommand.class,
      MemoryBenchCommand.class,
      RulesBenchCommand.class,
      ScoringBenchCommand.class,
      SizingBenchCommand.class
    })
public final class Bench implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  /** For picocli. */
  public Bench() {}

  /** Runs one measurement and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one measurement; the exit code. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Bench());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(new UsageText());
    line.setExecutionExceptionHandler(new FailureText());
    return line.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which measurement? drift, features, graph, handbook, loop, memory, rules, scoring or"
            + " sizing");
  }
}
