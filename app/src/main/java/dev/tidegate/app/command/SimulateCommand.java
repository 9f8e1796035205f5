package dev.tidegate.app.command;

import dev.tidegate.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate simulate}: a bank's transactions with the truth beside them. */
@Command(
    name = "simulate",
    description = "Write the transactions of a simulated bank, and the truth beside them.",
    footer = {
      "",
      "Example:  tidegate simulate --seed 7 --customers 2000 --days 60 --out bank",
      "The same seed writes the same bytes. Read them with --profile simulator."
    })
public final class SimulateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--seed", required = true, paramLabel = "N", description = "Seed.")
  private long seed;

  @Option(
      names = "--customers",
      required = true,
      paramLabel = "N",
      description = "Customers of the bank, 50 or more.")
  private int customers;

  @Option(names = "--days", required = true, paramLabel = "N", description = "Days, 1 or more.")
  private int days;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the files; made if it is not there.")
  private Path out = Path.of("");

  /** For picocli. */
  public SimulateCommand() {}

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.terminal();
    return 0;
  }
}
