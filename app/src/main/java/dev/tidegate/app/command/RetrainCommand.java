package dev.tidegate.app.command;

import dev.tidegate.app.retrain.RetrainDesk;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.time.WallClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate retrain}: the loop from a request to a release. */
@Command(
    name = "retrain",
    description = "From a retrain request to a release that passed its gates.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RetrainRunCommand.class},
    footer = {
      "",
      "Examples:",
      "  tidegate retrain request --model payments-sim --as alice --why 'New fraud ring'",
      "  tidegate retrain list"
    })
public final class RetrainCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public RetrainCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? request, list or run");
  }

  @Command(
      name = "request",
      description = "Ask a running platform to train a model on what is known now.")
  int request(
      @Option(
              names = "--model",
              required = true,
              paramLabel = "MODEL",
              description = "Model to train, as 'tidegate models list' names it.")
          String model,
      @Option(
              names = "--why",
              required = true,
              paramLabel = "TEXT",
              description = "One sentence; stands on the event.")
          String why,
      @Option(
              names = "--known-by",
              paramLabel = "DATE",
              converter = Moment.DateConverter.class,
              description = "Use labels known by then alone. Default: all that are known now.")
          @Nullable Instant knownBy,
      @Mixin StepOptions step) {
    Inputs.require(!why.isBlank(), "--why must say something");
    RetrainRequest request =
        new RetrainDesk(step.platform().whereabouts(), WallClock.INSTANCE)
            .ask(
                model,
                new RetrainDesk.Wish(
                    step.by(), why.strip(), knownBy == null ? null : knownBy.toEpochMilli()));
    print(
        step.common(),
        "request %s: train %s on labels known by %s; 'tidegate retrain list' shows what comes of"
            + " it%n",
        request.getRequestId(),
        request.getModel(),
        time(request.getCutMs()));
    return 0;
  }

  @Command(name = "list", description = "Show all requests and what became of them.")
  int list(@Mixin PlatformOptions platform, @Mixin CommonOptions options) {
    List<RetrainDesk.Entry> entries =
        new RetrainDesk(platform.whereabouts(), WallClock.INSTANCE).entries();
    if (entries.isEmpty()) {
      print(options, "nobody and nothing has asked for a training yet%n");
    }
    for (RetrainDesk.Entry entry : entries) {
      RetrainRequest request = entry.request();
      print(
          options,
          "%s  %-9s  %s  %s by %s: %s%n",
          time(request.getRequestedAtMs()),
          state(entry.run()),
          request.getModel(),
          request.getCause(),
          request.getRequestedBy(),
          request.getWhy());
      if (entry.run() != null) {
        print(options, "%-20s  %s  %s%n", "", time(entry.run().getAtMs()), detail(entry.run()));
      }
    }
    return 0;
  }

  private static String state(@Nullable RetrainRun run) {
    return run == null ? "waiting" : run.getState().toString().toLowerCase(Locale.ROOT);
  }

  private static String detail(RetrainRun run) {
    return run.getJobName().isEmpty()
        ? run.getDetail()
        : run.getDetail() + " (" + run.getJobName() + ")";
  }

  private static Instant time(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS);
  }

  private static void print(CommonOptions options, String format, Object... values) {
    options.out().printf(Locale.ROOT, format, values);
    options.out().flush();
  }
}
