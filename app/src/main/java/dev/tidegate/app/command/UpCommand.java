package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.live.Feed;
import dev.tidegate.app.live.LivePlatform;
import dev.tidegate.app.live.LiveRequest;
import dev.tidegate.app.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate up}: the whole platform in one process, fed and with its page open. */
@Command(
    name = "up",
    description =
        "Start the whole platform in one process, feed it, and show alerts on a web page.",
    footer = {
      "",
      "Examples:",
      "  tidegate up                                        a simulated bank, page on port 8080",
      "  tidegate up --feed FILE --profile card_handbook    a file of your own",
      "  tidegate up --rate 500/s --for 10m --json          for ten minutes, events as JSON lines",
      "",
      "Stop with Ctrl-C. The next start on the same data directory goes on where this one stopped."
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "tidegate-data",
      description = "Data directory: topics, state, alerts. Default: ./${DEFAULT-VALUE}")
  private Path data = Path.of("tidegate-data");

  @Option(
      names = "--feed",
      paramLabel = "simulator|FILE",
      defaultValue = "simulator",
      description = "Where transactions come from. Default: ${DEFAULT-VALUE}")
  private String feed = "simulator";

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description = "How to read the file; needed with --feed FILE. See tidegate profile list.")
  private @Nullable String profile;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model release to decide with. Default: the one that ships.")
  private @Nullable Path model;

  @Option(
      names = "--rate",
      paramLabel = "N/s|max",
      defaultValue = "200/s",
      converter = Moment.RateConverter.class,
      description = "Transactions a second. Default: ${DEFAULT-VALUE}")
  private double rate;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Moment.SpanConverter.class,
      description = "Stop after this long, for example 10m. Default: run until Ctrl-C.")
  private @Nullable Duration duration;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page; 0 for any free one. Default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings over those of config/reference.yaml.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print events as JSON lines on standard output.")
  private boolean json;

  /** For picocli. */
  public UpCommand() {}

  @Override
  public Integer call() {
    Configuration configuration = Configuration.load(config);
    Feed source = Feed.of(feed, profile);
    Logs.to(data.resolve("logs").resolve("tidegate.log"));
    Terminal terminal = common.terminal();
    LiveRequest request =
        new LiveRequest(
            data,
            source,
            model,
            new LiveRequest.Run(rate, duration, json ? common.out() : null),
            configuration,
            port);
    return LivePlatform.run(request, terminal);
  }
}
