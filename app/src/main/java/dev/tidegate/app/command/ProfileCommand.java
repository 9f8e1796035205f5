package dev.tidegate.app.command;

import dev.tidegate.app.Home;
import dev.tidegate.ingest.profile.Profiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate profile}: format profiles, which say how a file is read. */
@Command(
    name = "profile",
    description = "Format profiles: how a file's columns become transactions.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProfileCommand.Check.class, ProfileCommand.Names.class})
public final class ProfileCommand implements Runnable {
  @Mixin private CommonOptions common = new CommonOptions();

  @Spec private CommandSpec spec;

  /** For picocli. */
  public ProfileCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? check or list");
  }

  /** {@code tidegate profile list}. */
  @Command(name = "list", description = "List the profiles that ship, by name.")
  public static final class Names implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    /** For picocli. */
    public Names() {}

    @Override
    public Integer call() {
      Profiles profiles = Profiles.under(Home.path(""));
      for (String name : profiles.names()) {
        common.out().printf("%-30s %s%n", name, profiles.find(name).title());
      }
      return 0;
    }
  }

  /** {@code tidegate profile check}. */
  @Command(
      name = "check",
      description = {
        "Show a file's first rows as a profile reads them, and say what is missing.",
        "Exit code 0 if rows can be read, 1 if none of the rows looked at can."
      },
      footer = {"", "Example:  tidegate profile check payments.csv --profile mine.yaml"})
  public static final class Check implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "Transactions: .csv, .csv.gz, .csv.zst or .zip.")
    private Path file = Path.of("");

    @Option(
        names = "--profile",
        required = true,
        paramLabel = "NAME|FILE",
        description = "The profile to check. See tidegate profile list.")
    private String profile = "";

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "5",
        description = "Rows to show. Default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    /** For picocli. */
    public Check() {}

    @Override
    public Integer call() throws Exception {
      return 0;
    }
  }
}
