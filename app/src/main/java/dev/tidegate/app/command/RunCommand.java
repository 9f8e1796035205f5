package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.alone.LoneRun;
import dev.tidegate.app.alone.StageName;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.Settings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidegate run}: one stage in this process, on servers elsewhere. */
@Command(
    name = "run",
    description = "Run one stage alone, on a Kafka and a registry that run elsewhere.",
    footer = {
      "",
      "Examples:",
      "  tidegate run scoring --config stage.yaml",
      "  TIDEGATE_SERVERS_KAFKA=kafka:9092 tidegate run features --config stage.yaml",
      "",
      "The settings are those under 'servers' and 'run' in config/reference.yaml; each may also come",
      "from the environment: TIDEGATE_SERVERS_KAFKA is servers.kafka. Health: /health/live and",
      "/health/ready, metrics: /metrics, on run.port. See docs/operating/kubernetes.md.",
      "Stop with Ctrl-C or SIGTERM."
    })
public final class RunCommand implements Callable<Integer> {
  private static final Set<String> OF_THE_MACHINE =
      Set.of("history.directory", "scoring.aml-release");

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "STAGE",
      description =
          "features, features-check, graph-aml, history, scoring, scoring-aml, monitors, launcher,"
              + " trials or console.")
  private String stage = "";

  @Mixin private SettingsOption settings = new SettingsOption();

  /** For picocli. */
  public RunCommand() {}

  @Override
  public Integer call() {
    StageName name = StageName.of(stage);
    Map<String, String> environment = System.getenv();
    Settings all = Settings.of(withEnvironment(settings.read(), environment));
    String log = all.run().log();
    Logs.to(
        log.isBlank() ? Path.of(all.run().state(), "logs", name.word() + ".log") : Path.of(log));
    LoneRun.of(name, all, common.terminal(), environment);
    return 0;
  }

  /**
   * Whether a setting differs from machine to machine, so that it may come from the environment;
   * releases among them.
   */
  public static boolean isOfTheMachine(String key) {
    return key.startsWith("servers.") || key.startsWith("run.") || OF_THE_MACHINE.contains(key);
  }

  /** What differs from machine to machine may come from the environment. */
  static Configuration withEnvironment(Configuration read, Map<String, String> environment) {
    Configuration changed = read;
    for (String key : read.values().keySet()) {
      if (isOfTheMachine(key)) {
        String value = environment.get(variable(key));
        changed = value == null ? changed : changed.with(key, value);
      }
    }
    return changed;
  }

  private static String variable(String key) {
    return "TIDEGATE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
