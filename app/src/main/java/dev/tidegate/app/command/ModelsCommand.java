package dev.tidegate.app.command;

import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.release.ReleaseLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate models}: releases of a running platform. */
@Command(
    name = "models",
    description = "Releases of a running platform: who decides, and who is to.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelsFollowCommand.class},
    footer = {
      "",
      "A release's way: publish, shadow, canary, approve, promote; rollback withdraws it at any",
      "point. Who promotes is another person than who approves (models.two-people).",
      "",
      "Examples:",
      "  tidegate models list",
      "  tidegate models shadow rel/payments-sim-0005 --as alice",
      "  tidegate models canary payments-sim-0005 --percent 5 --as alice",
      "  tidegate models approve payments-sim-0005 --as alice",
      "  tidegate models promote payments-sim-0005 --as bob",
      "  tidegate models rollback payments-sim-0005 --as bob"
    })
public final class ModelsCommand implements Runnable {
  private static final String RELEASE = "RELEASE";
  private static final String HELP = "Its folder, or its name if it was named before.";

  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public ModelsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? list, publish, shadow, canary, approve, promote, rollback,"
            + " retire or follow");
  }

  @Command(name = "list", description = "Show who decides, and every step that led there.")
  int list(@Mixin PlatformOptions platform, @Mixin CommonOptions options) {
    ReleaseSteps.Standing standing = platform.steps().standing();
    ReleaseLine.Roles roles = standing.roles();
    print(options, "champion  %s%n", roles.champion());
    if (roles.canary() != null) {
      print(options, "canary    %s  %d %% of payers%n", roles.canary(), roles.percent());
    }
    roles.shadows().forEach(shadow -> print(options, "shadow    %s%n", shadow));
    if (roles.previous() != null) {
      print(options, "previous  %s%n", roles.previous());
    }
    for (ModelRelease step : standing.steps()) {
      print(
          options,
          "%s  %-8s  %s%s  by %s%n",
          Instant.ofEpochMilli(step.getAtMs()).truncatedTo(ChronoUnit.SECONDS),
          step.getAction().toString().toLowerCase(Locale.ROOT),
          step.getRelease(),
          step.getCanaryPercent() == null ? "" : " " + step.getCanaryPercent() + " %",
          step.getBy());
    }
    return 0;
  }

  @Command(name = "publish", description = "Make a release known; it does nothing yet.")
  int publish(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Mixin StepOptions step) {
    return take(ReleaseAction.PUBLISH, release, null, step);
  }

  @Command(
      name = "shadow",
      description = "Let a release score every payment beside, and decide none.")
  int shadow(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Mixin StepOptions step) {
    return take(ReleaseAction.SHADOW, release, null, step);
  }

  @Command(name = "canary", description = "Let a release decide for a share of the payers.")
  int canary(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Option(
              names = "--percent",
              required = true,
              paramLabel = "N",
              description = "Share of payers, 1 to 99.")
          int percent,
      @Mixin StepOptions step) {
    return take(ReleaseAction.CANARY, release, percent, step);
  }

  @Command(
      name = "approve",
      description = "Agree that another person may make a release the champion.")
  int approve(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Mixin StepOptions step) {
    String approved = step.platform().steps().approve(release, step.by());
    print(step.common(), "%s approved by %s%n", approved, step.by());
    return 0;
  }

  @Command(
      name = "promote",
      description = "Make a release the champion; another person must have approved it.")
  int promote(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Mixin StepOptions step) {
    return take(ReleaseAction.CHAMPION, release, null, step);
  }

  @Command(
      name = "rollback",
      description = "Withdraw a release; after a champion, the one before it decides again.")
  int rollback(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Mixin StepOptions step) {
    return take(ReleaseAction.ROLLBACK, release, null, step);
  }

  @Command(name = "retire", description = "Take a release out for good; never the champion.")
  int retire(
      @Parameters(paramLabel = RELEASE, description = HELP) String release,
      @Mixin StepOptions step) {
    return take(ReleaseAction.RETIRE, release, null, step);
  }

  private static int take(
      ReleaseAction action, String release, @Nullable Integer percent, StepOptions step) {
    ModelRelease event = step.platform().steps().take(action, release, percent, step.by());
    print(
        step.common(),
        "%s of %s by %s: scorers follow between two batches%n",
        event.getAction().toString().toLowerCase(Locale.ROOT),
        event.getRelease(),
        event.getBy());
    return 0;
  }

  private static void print(CommonOptions options, String format, Object... values) {
    options.out().printf(Locale.ROOT, format, values);
    options.out().flush();
  }
}
