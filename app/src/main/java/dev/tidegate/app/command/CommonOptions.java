package dev.tidegate.app.command;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.time.WallClock;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every verb has: help, and a terminal. */
public final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  /** For picocli. */
  public CommonOptions() {}

  /** Standard output: results alone. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The terminal: lines for people and progress, on standard error. */
  @SuppressWarnings("SystemConsoleNull") // from JDK 22 on a bar may be drawn into a pipe
  Terminal terminal() {
    boolean live = System.console() != null && System.getenv("CI") == null;
    return new Terminal(spec.commandLine().getErr(), live, WallClock.INSTANCE);
  }
}
