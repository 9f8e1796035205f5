package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.offline.Backfill;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Description;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.catalogue.Sequence;
import dev.tidegate.features.catalogue.SequenceField;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate features}: the declared features. */
@Command(
    name = "features",
    description = "The declared features: check a catalogue, compute a history's vectors again.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {FeaturesCommand.Check.class, FeaturesCommand.Again.class})
public final class FeaturesCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public FeaturesCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? check or backfill");
  }

  /** {@code tidegate features check}. */
  @Command(
      name = "check",
      description = {
        "Read a catalogue and list its features.",
        "Exit code 0 if it is right, 2 with every line that is not."
      },
      footer = {"", "Example:  tidegate features check --features my/features.yaml"})
  public static final class Check implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--features",
        paramLabel = "FILE",
        description = "Catalogue. Default: config/features.yaml.")
    private @Nullable Path file;

    /** For picocli. */
    public Check() {}

    @Override
    public Integer call() {
      Catalogue catalogue = DeclaredFeatures.read(file);
      for (Feature feature : catalogue.features()) {
        Description words = catalogue.describe(feature);
        common.out().printf(Locale.ROOT, "%-40s %s%n", feature.name(), words.meaning());
      }
      for (Sequence sequence : catalogue.sequences()) {
        common
            .out()
            .printf(
                Locale.ROOT,
                "%-40s last %d payments: %s%n",
                "sequence of " + sequence.entity().noun(),
                sequence.length(),
                String.join(", ", sequence.fields().stream().map(SequenceField::noun).toList()));
      }
      common
          .out()
          .printf(Locale.ROOT, "%d features, digest %s%n", catalogue.size(), catalogue.digest());
      return 0;
    }
  }

  /** {@code tidegate features backfill}. */
  @Command(
      name = "backfill",
      description = {
        "Compute the vectors of a history again, by the operators that run live.",
        "Where the history holds vectors of the same features, says how many differ.",
        "Exit code 1 if the history does not show why some do."
      },
      footer = {
        "",
        "Example:  tidegate features backfill --from data/history --out again",
        "The vectors are Parquet files by day: docs/concepts/history.md."
      })
  public static final class Again implements Callable<Integer> {
    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--from",
        required = true,
        paramLabel = "DIR",
        description = "Folder of the history: what up keeps in DATA/history.")
    private Path from = Path.of("");

    @Option(
        names = "--features",
        paramLabel = "FILE",
        description = "Catalogue. Default: config/features.yaml.")
    private @Nullable Path file;

    @Mixin private OutOption out = new OutOption();

    @Option(names = "--json", description = "Print the counts on standard output as JSON.")
    private boolean json;

    /** For picocli. */
    public Again() {}

    @Override
    public Integer call() throws Exception {
      Catalogue catalogue = DeclaredFeatures.read(file);
      Path folder = from;
      Path made = out.made();
      Backfill.Outcome outcome =
          Logs.ofOneRun("backfill", () -> Backfill.run(folder, catalogue, made, common.terminal()));
      if (json) {
        common.out().println(outcome.json());
      }
      return outcome.unexplained() == 0 ? 0 : 1;
    }
  }
}
