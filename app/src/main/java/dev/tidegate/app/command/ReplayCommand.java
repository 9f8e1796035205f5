package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.replay.Replay;
import dev.tidegate.app.replay.ReplayRequest;
import dev.tidegate.app.replay.Summary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate replay}: a file through the same stages, every row accounted for. */
@Command(
    name = "replay",
    description = {
      "Send a file through the stages and write what was decided.",
      "Writes decisions.ndjson, alerts.ndjson, rejected.ndjson and summary.json to --out."
    },
    footer = {
      "",
      "Example:  tidegate replay transactions.csv.zst --profile card_handbook --out out",
      "Exit code 1 if a row ended as neither a decision, a rejection nor a duplicate."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "Transactions: .csv, .csv.gz, .csv.zst or .zip.")
  private Path file = Path.of("");

  @Option(
      names = "--profile",
      required = true,
      paramLabel = "NAME|FILE",
      description = "How to read the file. See tidegate profile list.")
  private String profile = "";

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model release to decide with. Default: the one that ships.")
  private @Nullable Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if it is not there.")
  private Path out = Path.of("");

  @Option(
      names = "--rate",
      paramLabel = "N/s|max",
      defaultValue = "max",
      converter = Moment.RateConverter.class,
      description = "Transactions a second. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings over those of config/reference.yaml.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print summary.json on standard output too.")
  private boolean json;

  /** For picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Configuration.load(config);
    ReplayRequest request =
        new ReplayRequest(
            Inputs.existing(file),
            Inputs.profile(profile),
            model,
            Inputs.folder(out),
            rate,
            configuration);
    Logs.to(out.resolve("replay.log"));
    Summary summary = Replay.run(request, common.terminal());
    if (json) {
      common.out().println(summary.json());
    }
    return summary.unaccounted() == 0 ? 0 : 1;
  }
}
