package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.offline.EvaluationRequest;
import dev.tidegate.app.offline.Judging;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate evaluate}: a release against a file with labels. */
@Command(
    name = "evaluate",
    description = {
      "Measure a release on a file with labels.",
      "Features are computed from the start of the file; only rows between the dates count."
    },
    footer = {
      "",
      "Example:",
      "  tidegate evaluate --model releases/handbook --from transactions.csv.zst \\",
      "    --profile card_handbook --since 2018-08-08 --until 2018-08-15 --exclude-known --json"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private FileOptions file = new FileOptions();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Release to measure. Default: the one that ships.")
  private @Nullable Path model;

  @Option(
      names = "--exclude-known",
      description =
          "Leave out customers whose fraud was already known, after the label delay of the"
              + " release's training, on that day.")
  private boolean excludeKnown;

  @Option(
      names = "--alert-budget",
      paramLabel = "PERCENT",
      description =
          "Share of payments, in percent, that analysts can look at. Default: the release's.")
  private @Nullable Double alertBudget;

  @Option(names = "--json", description = "Print the figures on standard output as JSON.")
  private boolean json;

  /** For picocli. */
  public EvaluateCommand() {}

  @Override
  public Integer call() throws Exception {
    Inputs.require(
        alertBudget == null || (alertBudget > 0 && alertBudget <= 100),
        "--alert-budget must be above 0, up to 100");
    EvaluationRequest request =
        new EvaluationRequest(file.source(), model, excludeKnown, alertBudget);
    Logs.to(Path.of(System.getProperty("java.io.tmpdir"), "tidegate-evaluate.log"));
    Judging.Outcome outcome = Judging.run(request, common.terminal());
    common.out().println(json ? outcome.json() : outcome.text());
    return 0;
  }
}
