package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.replay.Replay;
import dev.tidegate.app.replay.ReplayRequest;
import dev.tidegate.app.replay.Summary;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate replay}: a file through the same stages, every row accounted for. */
@Command(
    name = "replay",
    description = {
      "Send a file through the stages and write what was decided: decisions.ndjson,"
          + " alerts.ndjson, rejected.ndjson, summary.json and replay.log in --out."
    },
    footer = {
      "",
      "Example:  tidegate replay transactions.csv.zst --profile card_handbook --out out",
      "Exit code 1 if a row ended as neither a decision, a rejection nor a duplicate."
    })
public final class ReplayCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private FileArgument input = new FileArgument();

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private OutOption out = new OutOption();

  @Mixin private RateOption rate = new RateOption(Moment.Rate.MAX);

  @Mixin private SettingsOption settings = new SettingsOption();

  @Option(names = "--json", description = "Print summary.json on standard output too.")
  private boolean json;

  /** For picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() throws Exception {
    ReplayRequest request =
        new ReplayRequest(
            input.file(),
            input.profile(),
            model.folder(),
            out.made(),
            rate.perSecond(),
            Settings.of(settings.read()));
    Logs.to(request.out().resolve("replay.log"));
    Summary summary = Replay.run(request, common.terminal());
    if (json) {
      common.out().println(summary.json());
    }
    return summary.unaccounted() == 0 ? 0 : 1;
  }
}
