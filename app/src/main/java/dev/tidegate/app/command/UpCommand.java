package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.live.LiveRequest;
import dev.tidegate.app.live.LiveRun;
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
      "  tidegate up                                       a simulated bank",
      "  tidegate up --feed FILE --profile card_handbook   a file of your own",
      "  tidegate up --rate 500/s --for 10m --json         events as JSON lines",
      "",
      "Stop with Ctrl-C. The next start on the same data directory goes on from there."
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "tidegate-data",
      description = "Data directory: topics, state, alerts. Default: ${DEFAULT-VALUE}")
  private Path data = Path.of("tidegate-data");

  @Mixin private FeedOptions feed = new FeedOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private RateOption rate = new RateOption(new Moment.Rate(200));

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

  @Mixin private SettingsOption settings = new SettingsOption();

  @Option(
      names = "--json",
      description =
          "Print events as JSON lines on standard output; docs/reference/up-events.md lists them.")
  private boolean json;

  /** For picocli. */
  public UpCommand() {}

  @Override
  public Integer call() {
    LiveRequest request =
        new LiveRequest(
            data,
            feed.feed(),
            model.folder(),
            new LiveRequest.Run(rate.perSecond(), duration, json ? common.out() : null),
            settings());
    Logs.to(data.resolve("logs").resolve("tidegate.log"));
    LiveRun.of(request, common.terminal());
    return 0;
  }

  private Settings settings() {
    Configuration read = settings.read();
    if (port == null) {
      return Settings.of(read);
    }
    Inputs.require(port >= 0 && port <= 65_535, "--port must be from 0 to 65535");
    return Settings.of(read.with("console.port", port.toString()));
  }
}
