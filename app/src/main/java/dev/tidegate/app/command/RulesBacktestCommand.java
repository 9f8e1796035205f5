package dev.tidegate.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.offline.Backtest;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.release.ReleaseScores;
import dev.tidegate.app.rules.RuleFiles;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate rules backtest}. */
@Command(
    name = "backtest",
    description = {
      "Replay rules on an archived history, by the engine that runs live.",
      "Reads the history's files alone: no topic, no state, no decision is touched."
    },
    footer = {
      "",
      "Example:  tidegate rules backtest my/rule.yaml --history data/history",
      "The history is what up keeps in DATA/history: docs/concepts/history.md."
    })
public final class RulesBacktestCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RULE", description = "File or folder of rules to replay.")
  private Path rule = Path.of("");

  @Option(
      names = "--history",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the history: what up keeps in DATA/history.")
  private Path history = Path.of("");

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Catalogue of the history's features. Default: config/features.yaml.")
  private @Nullable Path features;

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = {
        "Folder of a release over these features, for rules that ask models by score(\"...\").",
        "May be given several times."
      })
  private List<Path> releases = List.of();

  @Option(names = "--json", description = "Print the figures on standard output as JSON.")
  private boolean json;

  /** For picocli. */
  public RulesBacktestCommand() {}

  @Override
  public Integer call() throws Exception {
    Catalogue catalogue = DeclaredFeatures.read(features);
    RuleLanguage language = RuleFiles.language(catalogue);
    RuleLibrary library = RuleFiles.library(rule, language);
    Backtest.Outcome outcome =
        Logs.ofOneRun("backtest", () -> backtest(library, language, catalogue.digest()));
    common
        .out()
        .println(
            json
                ? new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(outcome)
                : outcome.text());
    return 0;
  }

  private Backtest.Outcome backtest(RuleLibrary library, RuleLanguage language, String digest)
      throws Exception {
    try (ReleaseScores models = ReleaseScores.open(releases, digest)) {
      return Backtest.run(history, library, language, digest, models, common.terminal());
    }
  }
}
