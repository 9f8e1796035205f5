package dev.tidegate.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said to a command line that cannot be read: what is wrong, and where help is. */
public final class UsageText implements IParameterExceptionHandler {
  /** For a command line. */
  public UsageText() {}

  @Override
  public int handleParseException(ParameterException fault, String[] arguments) {
    CommandLine line = fault.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("tidegate: " + plain(String.valueOf(fault.getMessage())));
    UnmatchedArgumentException.printSuggestions(fault, err);
    err.println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  /** Java's words for kinds of number mean nothing to users. */
  private static String plain(String message) {
    return message
        .replaceAll("is not an? (int|long)\\b", "is not a whole number")
        .replaceAll("is not a (double|float)\\b", "is not a number");
  }
}
