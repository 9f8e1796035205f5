package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.offline.ModelKind;
import dev.tidegate.app.trainer.ReleaseTarget;
import dev.tidegate.app.trainer.RunRequest;
import dev.tidegate.app.trainer.TrainingRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate retrain run}: the trainer of one request, for a child process or a job. */
@Command(
    name = "run",
    description = {
      "Train a challenger as a retrain request asks and hold it against the champion.",
      "Reads vectors and labels as they were logged, up to the request's offsets and cut; the"
          + " same request gives the same release, byte for byte.",
      "The last line on standard output is 'release NAME', or why there is none."
    },
    footer = {
      "",
      "Exit codes:  0 a release stands, 3 refused by the gates, 1 failed, 2 wrong usage",
      "",
      "Example:",
      "  tidegate retrain run --request request.json --out releases \\",
      "    --bootstrap 127.0.0.1:9092 --registry http://127.0.0.1:8081"
    })
public final class RetrainRunCommand implements Callable<Integer> {
  /** Exit code where the gates refuse the challenger. */
  static final int REFUSED = 3;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--request",
      required = true,
      paramLabel = "FILE",
      description = "The request: its event as JSON.")
  private Path request = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of releases, or s3://bucket/path; the new one gets a folder in it. Keys and"
              + " address of an object store: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION,"
              + " AWS_ENDPOINT_URL_S3.")
  private String out = "";

  @Option(
      names = "--bootstrap",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka of the platform.")
  private String bootstrap = "";

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URL",
      description = "Its schema registry.")
  private String registry = "";

  @Option(
      names = "--history",
      paramLabel = "DIR",
      description = "Parquet history with what the topics no longer keep.")
  private @Nullable Path history;

  @Option(
      names = "--champion",
      paramLabel = "DIR",
      description =
          "Folder of the request's release. Default: where [models] says, beside the new one, or"
              + " among those that ship.")
  private @Nullable Path champion;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "forest",
      description = "What to train: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  private ModelKind kind = ModelKind.FOREST;

  @Option(
      names = "--label-delay",
      paramLabel = "DURATION",
      defaultValue = "7d",
      converter = Moment.SpanConverter.class,
      description =
          "A payment that old without a label is legitimate; younger ones do not count at all."
              + " Default: ${DEFAULT-VALUE}")
  private Duration maturity = Duration.ofDays(7);

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "8",
      description = "Forests to try at most. Default: ${DEFAULT-VALUE}")
  private int candidates;

  @Option(
      names = "--search-time",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = Moment.SpanConverter.class,
      description =
          "After it no further candidate is begun. How many were tried stands in the release, and a"
              + " request run again tries as many. Default: ${DEFAULT-VALUE}")
  private Duration searchTime = Duration.ofMinutes(10);

  @Option(
      names = "--window-share",
      paramLabel = "SHARE",
      defaultValue = "0.25",
      description =
          "Newest share of the payments that the gates judge on. Default: ${DEFAULT-VALUE}")
  private double windowShare;

  @Mixin private AlertBudget budget = new AlertBudget();

  @Option(
      names = "--latency",
      paramLabel = "MS",
      defaultValue = "5",
      description =
          "Milliseconds within which 99 of 100 payments must be scored. Default: ${DEFAULT-VALUE}")
  private double latencyMs;

  @Option(
      names = "--segments",
      paramLabel = "FIELD",
      split = ",",
      defaultValue = "channel",
      description =
          "Fields of a payment whose values are segments, none of which may become much worse."
              + " Default: ${DEFAULT-VALUE}")
  private List<String> segments = new ArrayList<>();

  @Option(
      names = "--fairness-by",
      paramLabel = "FIELD",
      description = "Field of a payment whose values are the groups that fairness compares.")
  private @Nullable String fairnessBy;

  /** For picocli. */
  public RetrainRunCommand() {}

  @Override
  public Integer call() throws Exception {
    Inputs.require(candidates >= 1, "--candidates must be at least 1");
    Inputs.require(
        windowShare > 0 && windowShare < 1, "--window-share must be between 0 and 1, not either");
    Inputs.require(latencyMs > 0, "--latency must be above 0");
    try (ReleaseTarget target = ReleaseTarget.of(out)) {
      return run(target);
    }
  }

  private int run(ReleaseTarget target) throws Exception {
    RunRequest run =
        new RunRequest(
            Inputs.existing(request),
            Inputs.folder(target.folder()),
            new RunRequest.Places(bootstrap, registry, history, champion),
            new RunRequest.How(kind, maturity, candidates, searchTime),
            new RunRequest.Trial(windowShare, budget.percent(), latencyMs, segments, fairnessBy));
    target.bring(TrainingRun.releaseOf(run));
    TrainingRun.Outcome outcome =
        Logs.ofOneRun("retrain-run", () -> TrainingRun.run(run, common.terminal()));
    boolean passed = outcome.verdict().passed();
    if (passed) {
      target.publish(outcome.release());
    }
    common.out().println(passed ? "release " + outcome.release() : outcome.verdict().sentence());
    return passed ? 0 : REFUSED;
  }
}
