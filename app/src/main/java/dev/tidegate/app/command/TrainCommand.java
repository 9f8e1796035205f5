package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.offline.ModelKind;
import dev.tidegate.app.offline.Training;
import dev.tidegate.app.offline.TrainingRequest;
import dev.tidegate.scoring.release.ScoringLane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate train}: a file with labels to a release. */
@Command(
    name = "train",
    description = {
      "Train a model on a file with labels and write it as a release.",
      "Features are computed from the start of the file; only rows between the dates"
          + " train, and only if their label was known at the moment of training."
    },
    footer = {
      "",
      "Example:",
      "  tidegate train --from transactions.csv.zst --profile card_handbook \\",
      "    --since 2018-07-25 --until 2018-08-01 --label-delay 7d \\",
      "    --model handbook --out releases/handbook",
      "",
      "The moment of training is --as-of, else --until; where the range is not longer"
          + " than the label delay, no label of it is known at its end, and the moment"
          + " is --until plus the delay."
    })
public final class TrainCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private LabelledFileOptions file = new LabelledFileOptions();

  @Option(
      names = "--label-delay",
      paramLabel = "DURATION",
      converter = Moment.SpanConverter.class,
      description = "From a payment to its label, for example 7d. Default: the profile's.")
  private @Nullable Duration labelDelay;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      converter = Moment.DateConverter.class,
      description = "Moment of training: labels known later are not used.")
  private @Nullable Instant asOf;

  @Mixin private AlertBudget budget = new AlertBudget();

  @Option(
      names = "--budget-by-channel",
      description =
          "Give each channel a threshold of its own that keeps its alerts within the budget; one"
              + " with too few payments to choose by keeps the common one.")
  private boolean budgetByChannel;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "7",
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "forest",
      description =
          "What to train: ${COMPLETION-CANDIDATES}. The autoencoder learns without labels; the"
              + " sequence model reads the last payments too. Default: ${DEFAULT-VALUE}")
  private ModelKind kind = ModelKind.FOREST;

  @Option(
      names = "--lane",
      paramLabel = "LANE",
      defaultValue = "payments",
      description =
          "Whose model: ${COMPLETION-CANDIDATES}. That of aml takes the graph's signals behind the"
              + " features, and learns from payments between accounts alone. Default:"
              + " ${DEFAULT-VALUE}")
  private ScoringLane lane = ScoringLane.PAYMENTS;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "Name of the release: letters, digits, '.', '_' and '-'.")
  private String model = "";

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Catalogue of features to train on. Default: config/features.yaml.")
  private @Nullable Path features;

  @Mixin private OutOption out = new OutOption();

  @Option(
      names = "--json",
      description = "Print the manifest's figures on standard output as JSON.")
  private boolean json;

  /** For picocli. */
  public TrainCommand() {}

  @Override
  public Integer call() throws Exception {
    Inputs.require(
        NAME.matcher(model).matches(), "--model must be letters, digits, '.', '_' or '-'");
    Inputs.require(seed >= 0 && seed <= Integer.MAX_VALUE, "--seed must be from 0 to 2147483647");
    Double percent = budget.percent();
    TrainingRequest request =
        new TrainingRequest(
            file.source(),
            new TrainingRequest.Labels(labelDelay, asOf),
            new TrainingRequest.Choice(
                kind,
                model,
                features,
                percent == null ? AlertBudget.DEFAULT_PERCENT : percent,
                budgetByChannel,
                seed,
                lane),
            out.forRelease());
    Training.Outcome outcome =
        Logs.ofOneRun("train", () -> Training.run(request, common.terminal()));
    if (json) {
      common.out().println(outcome.json());
    }
    return 0;
  }
}
