package dev.tidegate.app.command;

import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.lab.bank.SimulationFiles;
import dev.tidegate.lab.bank.SimulationSummary;
import dev.tidegate.lab.bank.SimulatorSettings;
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
      description = "Customers of the bank, 100 or more.")
  private int customers;

  @Option(names = "--days", required = true, paramLabel = "N", description = "Days, 1 or more.")
  private int days;

  @Mixin private OutOption out = new OutOption();

  /** For picocli. */
  public SimulateCommand() {}

  @Override
  public Integer call() throws Exception {
    Terminal terminal = common.terminal();
    SimulatorSettings settings = settings();
    Path folder = out.made();
    terminal.begin("simulating " + days + " days", 0);
    SimulationSummary summary =
        SimulationFiles.write(
            settings, days, folder, (done, of, payments) -> terminal.at(payments));
    terminal.end();
    terminal.say(
        Figures.count(summary.transactions())
            + " payments in "
            + folder
            + "/transactions.csv.zst; "
            + summary.cases()
            + " planted cases: "
            + Figures.count(summary.fraud())
            + " payments of fraud, "
            + Figures.count(summary.laundering())
            + " of laundering");
    return 0;
  }

  private SimulatorSettings settings() {
    if (days < 1) {
      throw new Refused("--days must be 1 or more");
    }
    try {
      return SimulatorSettings.of(seed, customers);
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
  }
}
