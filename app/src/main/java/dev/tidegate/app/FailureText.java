package dev.tidegate.app;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a failed command says: one line for people; the stack trace goes to the log. */
public final class FailureText implements IExecutionExceptionHandler {
  /** For a command line. */
  public FailureText() {}

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    boolean refused = Refusals.isRefusal(failure);
    line.getErr().println("tidegate: " + Refusals.sentence(failure));
    if (!refused) {
      LoggerFactory.getLogger(Tidegate.class).error("command failed", failure);
      String log = System.getProperty(Logs.FILE_PROPERTY);
      if (log != null) {
        line.getErr().println("tidegate: the whole story is in " + log);
      }
    }
    return refused ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }
}
