package dev.tidegate.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.ingest.check.ProfileCheck;
import dev.tidegate.ingest.check.ProfileReport;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.schemas.time.WallClock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate profile}: format profiles, which say how a file is read. */
@Command(
    name = "profile",
    description = "Format profiles: how a file's columns become transactions.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProfileCommand.Check.class, ProfileCommand.Names.class})
public final class ProfileCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

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
        common.out().printf(Locale.ROOT, "%-30s %s%n", name, profiles.find(name).title());
      }
      return 0;
    }
  }

  /** {@code tidegate profile check}. */
  @Command(
      name = "check",
      description = {
        "Show a file's first rows as a profile reads them, and say what is missing.",
        "Exit code 0 if the profile fits the file, 1 if it does not."
      },
      footer = {"", "Example:  tidegate profile check payments.csv --profile mine.yaml"})
  public static final class Check implements Callable<Integer> {
    private static final int TOKEN_KEY_BYTES = 32;

    @Mixin private CommonOptions common = new CommonOptions();

    @Mixin private FileArgument input = new FileArgument();

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
      if (rows < 0) {
        throw new Refused("--rows must be 0 or more");
      }
      // Nothing leaves this process, so any key will do for the tokens that are shown.
      TokenKey key = TokenKey.of(new byte[TOKEN_KEY_BYTES]);
      ProfileReport report =
          ProfileCheck.run(
              input.file(), input.profile(), DoorSettings.of(key, WallClock.INSTANCE), rows);
      common
          .out()
          .println(
              json
                  ? new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                  : report.text());
      return report.fits() ? 0 : 1;
    }
  }
}
