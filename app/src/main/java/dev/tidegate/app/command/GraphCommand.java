package dev.tidegate.app.command;

import dev.tidegate.app.Home;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.offline.Mining;
import dev.tidegate.app.offline.MiningSource;
import dev.tidegate.app.offline.MiningText;
import dev.tidegate.app.topics.MinedCases;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.MineConfig;
import dev.tidegate.graphaml.mine.MineSettings;
import dev.tidegate.ingest.profile.Profiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate graph}: the laundering graph, at rest. */
@Command(
    name = "graph",
    description = "The laundering graph: search an archive, send what links accounts.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GraphCommand.Mine.class, GraphSightingsCommand.class})
public final class GraphCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public GraphCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? mine or sightings");
  }

  /** {@code tidegate graph mine}. */
  @Command(
      name = "mine",
      description = {
        "Search an archive's payments between accounts for dense flows of money, bicliques and",
        "communities. Features of accounts go to accounts.parquet, cases to cases.ndjson and,",
        "with --publish or --kafka, to [pattern-alerts], where the console shows them.",
        "Where payments have labels, says how many of the cases' accounts are labelled."
      },
      footer = {
        "",
        "Example:",
        "  tidegate graph mine --history data/history --out mined --publish data",
        "  tidegate graph mine --from transactions.csv.zst --profile aml_amlsim --out mined",
        "Settings, and what is found: docs/concepts/mining.md."
      })
  public static final class Mine implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Source source;

    @Option(
        names = "--settings",
        paramLabel = "FILE",
        description = "What is looked for. Default: config/mine.yaml.")
    private @Nullable Path settings;

    @Mixin private OutOption out = new OutOption();

    @ArgGroup private @Nullable Target target;

    @Option(names = "--json", description = "Print the counts on standard output as JSON.")
    private boolean json;

    /** For picocli. */
    public Mine() {}

    /** Where payments come from: one of them. */
    static final class Source {
      @Option(
          names = "--history",
          required = true,
          paramLabel = "DIR",
          description = "Folder of the history: what up keeps in DATA/history.")
      private @Nullable Path history;

      @ArgGroup(exclusive = false)
      private @Nullable FileSource file;

      MiningSource source() {
        if (history != null) {
          return new MiningSource.History(history);
        }
        if (file == null) {
          throw new Refused("name a --history, or a file with --from and --profile");
        }
        return new MiningSource.File(
            new LabelledFile(
                Inputs.existing(file.from),
                Profiles.under(Home.path("")).find(file.profile),
                null,
                null));
      }
    }

    /** A file in place of a history. */
    static final class FileSource {
      @Option(
          names = "--from",
          required = true,
          paramLabel = "FILE",
          description = FileArgument.DESCRIPTION)
      private Path from = Path.of("");

      @Option(
          names = "--profile",
          required = true,
          paramLabel = "NAME|FILE",
          description = "How to read the file. See tidegate profile list.")
      private String profile = "";
    }

    /** Where cases go: one of them. */
    static final class Target {
      @Option(
          names = "--publish",
          required = true,
          paramLabel = "DIR",
          description = "Data directory of a running 'up' whose [pattern-alerts] gets the cases.")
      private @Nullable Path data;

      @ArgGroup(exclusive = false)
      private @Nullable BrokerOptions elsewhere;

      @Nullable MinedCases publisher() {
        if (data != null) {
          Whereabouts running = Whereabouts.of(data);
          return new MinedCases(running.kafka(), running.registry());
        }
        return elsewhere == null ? null : new MinedCases(elsewhere.kafka(), elsewhere.registry());
      }
    }

    @Override
    public Integer call() throws Exception {
      MineSettings wanted =
          MineConfig.read(settings == null ? Home.path("config", "mine.yaml") : settings);
      MinedCases publisher = target == null ? null : target.publisher();
      Mining.Request request =
          new Mining.Request(
              source.source(),
              GraphConfig.read(Home.path("config", "graph.yaml")),
              wanted,
              out.made(),
              publisher);
      Mining.Outcome outcome = Logs.ofOneRun("mine", () -> Mining.run(request, common.terminal()));
      common.out().println(json ? outcome.json() : MiningText.of(outcome));
      return 0;
    }
  }
}
