package dev.tidegate.app.command;

import dev.tidegate.app.Refused;
import dev.tidegate.app.trials.TrialFollower;
import dev.tidegate.retrain.trial.TrialSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate models follow}: leads releases through their trials until it is ended. */
@Command(
    name = "follow",
    description = {
      "Lead what training runs make through shadow and canary, until Ctrl-C.",
      "A release that does worse than the champion may is rolled back at once; one that does not is"
          + " ready for people to approve and promote. It promotes nothing by itself."
    })
public final class ModelsFollowCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private PlatformOptions platform = new PlatformOptions();

  @Option(
      names = "--releases",
      required = true,
      paramLabel = "DIR",
      description = "Folder, or s3:// address, in which training runs leave releases.")
  private String releases = "";

  @Option(
      names = "--shadow-decisions",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Payments scored as a shadow first. Default: ${DEFAULT-VALUE}")
  private int shadowDecisions;

  @Option(
      names = "--canary-percent",
      paramLabel = "N",
      defaultValue = "5",
      description = "Share of payers of the canary, 1 to 99. Default: ${DEFAULT-VALUE}")
  private int canaryPercent;

  @Option(
      names = "--canary-decisions",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Payments decided as a canary before it is ready. Default: ${DEFAULT-VALUE}")
  private int canaryDecisions;

  @Option(
      names = "--tolerance",
      paramLabel = "TIMES",
      defaultValue = "2",
      description =
          "How many times the champion's share of stopped payments, and of fraud let through, it"
              + " may have. Default: ${DEFAULT-VALUE}")
  private double tolerance;

  @Option(
      names = "--label-delay",
      paramLabel = "DURATION",
      defaultValue = "7d",
      converter = Moment.SpanConverter.class,
      description = "From a payment to when its outcome is known. Default: ${DEFAULT-VALUE}")
  private Duration labelDelay = Duration.ofDays(7);

  /** For picocli. */
  public ModelsFollowCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    TrialSettings settings;
    try {
      settings =
          new TrialSettings(
              shadowDecisions,
              canaryPercent,
              canaryDecisions,
              tolerance,
              TrialSettings.defaults().risk());
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
    TrialFollower.Trials trials = new TrialFollower.Trials(settings, labelDelay, releases);
    try (TrialFollower follower = TrialFollower.start(platform.whereabouts(), trials, this::tell)) {
      follower.awaitEnd();
    }
    return 1;
  }

  private void tell(String line) {
    common.out().println(line);
    common.out().flush();
  }
}
