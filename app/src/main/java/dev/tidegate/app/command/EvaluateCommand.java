package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.offline.EvaluationRequest;
import dev.tidegate.app.offline.Judging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate evaluate}: a release against a file with labels. */
@Command(
    name = "evaluate",
    description = {
      "Measure a release on a file with labels.",
      "Features are computed from the start of the file; only rows between the dates" + " count."
    },
    footer = {
      "",
      "Example:",
      "  tidegate evaluate --model releases/handbook --from transactions.csv.zst \\",
      "    --profile card_handbook --since 2018-08-08 --until 2018-08-15 \\",
      "    --exclude-known --json"
    })
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private LabelledFileOptions file = new LabelledFileOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--exclude-known",
      description =
          "Leave out customers whose fraud was already known, after the label delay of the"
              + " release's training, on that day.")
  private boolean excludeKnown;

  @Mixin private AlertBudget budget = new AlertBudget();

  @Option(names = "--json", description = "Print the figures on standard output as JSON.")
  private boolean json;

  /** For picocli. */
  public EvaluateCommand() {}

  @Override
  public Integer call() throws Exception {
    EvaluationRequest request =
        new EvaluationRequest(file.source(), model.folder(), excludeKnown, budget.percent());
    Judging.Outcome outcome =
        Logs.ofOneRun("evaluate", () -> Judging.run(request, common.terminal()));
    common.out().println(json ? outcome.json() : outcome.text());
    return 0;
  }
}
