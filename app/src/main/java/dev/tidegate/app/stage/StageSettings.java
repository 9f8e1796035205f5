package dev.tidegate.app.stage;

import dev.tidegate.app.config.Configuration;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.drift.DriftSettings;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.scoring.decide.OutcomePolicy;
import dev.tidegate.scoring.loop.ScoringSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Each stage's settings record from the configuration and the servers. */
public final class StageSettings {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration LONGEST_MEMORY = Duration.ofDays(30);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

  private final Configuration configuration;
  private final Servers servers;
  private final Duration feedDisorder;

  /**
   * Settings for stages on those servers.
   *
   * @param feedDisorder how far the feed's payments may stand out of order, as its profile says;
   *     the stages allow for that much even if they are configured to allow less
   */
  public StageSettings(Configuration configuration, Servers servers, Duration feedDisorder) {
    this.configuration = configuration;
    this.servers = servers;
    this.feedDisorder = feedDisorder;
  }

  /** The features job's. */
  public StreamSettings features() {
    return stream("features");
  }

  /** The graph job's. */
  public StreamSettings graph() {
    return stream("graph-aml");
  }

  private StreamSettings stream(String stage) {
    return new StreamSettings(
        servers.bootstrapServers(),
        servers.registryUrl(),
        stage,
        Math.max(feedDisorder.toMillis(), millis(stage + ".allowed-disorder", Duration.ZERO, HOUR)),
        millis(stage + ".idle-after", LEAST, LONGEST_IDLE),
        configuration.integer(stage + ".parallelism", 1, 128));
  }

  /**
   * The history job's, or null if there is to be no history.
   *
   * @param home where the history goes if the configuration names no directory
   */
  public @Nullable HistorySettings history(Path home) {
    if (!configuration.flag("history.enabled")) {
      return null;
    }
    String directory = configuration.text("history.directory");
    return new HistorySettings(
        servers.bootstrapServers(),
        servers.registryUrl(),
        "history",
        directory.isBlank() ? home.toString() : directory,
        millis("history.roll", LEAST, HOUR),
        configuration.integer("history.parallelism", 1, 128));
  }

  /** The scorer's. */
  public ScoringSettings scoring() {
    OutcomePolicy policy =
        new OutcomePolicy(
            configuration.share("scoring.decline-threshold"),
            Outcome.HOLD,
            configuration.choice("scoring.degraded-outcome", Outcome.class));
    return ScoringSettings.at(servers.bootstrapServers(), servers.registry())
        .withHorizon(configuration.span("scoring.remembered", LEAST, LONGEST_MEMORY))
        .withMaxBatch(configuration.integer("scoring.max-batch", 1, 65_536))
        .withPolicy(policy);
  }

  /** The drift monitor's. */
  public DriftSettings drift() {
    return new DriftSettings(
        configuration.integer("retrain.drift-window", 100, 10_000_000), CalibratedPsi.defaults());
  }

  private long millis(String key, Duration least, Duration most) {
    return configuration.span(key, least, most).toMillis();
  }
}
