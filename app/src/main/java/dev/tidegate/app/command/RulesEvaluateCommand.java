package dev.tidegate.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Logs;
import dev.tidegate.app.Refused;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.release.ReleaseScores;
import dev.tidegate.app.rules.RulesEvaluation;
import dev.tidegate.app.rules.SimulatedRows;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate rules evaluate}. */
@Command(
    name = "evaluate",
    description = {
      "Recall and precision of each typology and each rule on a simulated bank.",
      "The first --warm-up days fill the windows and are not judged."
    },
    footer = {"", "Example:  tidegate rules evaluate --seed 11 --customers 1000 --days 75"})
public final class RulesEvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private RulesOptions rules = new RulesOptions();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of the bank. Default: 11.")
  private long seed = 11;

  @Option(names = "--customers", paramLabel = "N", description = "Customers. Default: 1000.")
  private int customers = 1_000;

  @Option(names = "--days", paramLabel = "N", description = "Days. Default: 75.")
  private int days = 75;

  @Option(names = "--warm-up", paramLabel = "N", description = "Days not judged. Default: 30.")
  private int warmUp = 30;

  @Option(
      names = "--release",
      paramLabel = "DIR",
      description = {
        "Folder of a release over these features: the first one's score is the payment's.",
        "May be given several times."
      })
  private List<Path> releases = List.of();

  @Option(names = "--json", description = "Print the figures on standard output as JSON.")
  private boolean json;

  /** For picocli. */
  public RulesEvaluateCommand() {}

  @Override
  public Integer call() throws Exception {
    Inputs.require(
        warmUp >= 0 && warmUp < days, "--warm-up must be 0 or more and less than --days");
    RuleLanguage language = rules.language();
    RuleLibrary library = rules.library(language);
    SimulatorSettings bank = bank();
    RulesEvaluation.Outcome outcome =
        Logs.ofOneRun("rules", () -> evaluate(library, language, bank));
    common
        .out()
        .println(
            json
                ? new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(outcome)
                : outcome.tables());
    return 0;
  }

  private RulesEvaluation.Outcome evaluate(
      RuleLibrary library, RuleLanguage language, SimulatorSettings bank) throws Exception {
    Catalogue catalogue = DeclaredFeatures.read(rules.features());
    try (ReleaseScores models = ReleaseScores.open(releases, catalogue.digest());
        SimulatedRows rows = SimulatedRows.of(bank, days, catalogue, common.terminal())) {
      return RulesEvaluation.of(library, language, models, rows, warmUp);
    }
  }

  private SimulatorSettings bank() {
    try {
      return SimulatorSettings.of(seed, customers);
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
  }
}
