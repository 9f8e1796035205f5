package dev.tidegate.app.stage;

import dev.tidegate.app.config.HistoryDials;
import dev.tidegate.app.config.JobSettings;
import dev.tidegate.app.config.ScorerSettings;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.release.Releases;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.scoring.loop.ScoringSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Each stage's settings record from the configured dials and the servers. */
public final class StageSettings {
  private final Settings settings;
  private final String bootstrapServers;
  private final String registryUrl;
  private final Duration feedDisorder;

  /**
   * Settings for stages on those servers.
   *
   * @param feedDisorder how far the feed's payments may stand out of order, as its profile says;
   *     the stages allow for that much even if they are configured to allow less
   */
  public StageSettings(Settings settings, Servers servers, Duration feedDisorder) {
    this(settings, servers.bootstrapServers(), servers.registryUrl(), feedDisorder);
  }

  /** The same by the servers' addresses. */
  public StageSettings(
      Settings settings, String bootstrapServers, String registryUrl, Duration feedDisorder) {
    this.settings = settings;
    this.bootstrapServers = bootstrapServers;
    this.registryUrl = registryUrl;
    this.feedDisorder = feedDisorder;
  }

  /** The features job's. */
  public StreamSettings features() {
    return stream("features", settings.features());
  }

  /** The graph job's. */
  public StreamSettings graph() {
    return stream("graph-aml", settings.graph());
  }

  private StreamSettings stream(String stage, JobSettings job) {
    return new StreamSettings(
        bootstrapServers,
        registryUrl,
        stage,
        new StreamSettings.Timing(
            Math.max(feedDisorder.toMillis(), job.allowedDisorder().toMillis()),
            job.idleAfter().toMillis(),
            job.allowedDrift().toMillis()),
        job.parallelism());
  }

  /**
   * The history job's, or null if there is to be no history.
   *
   * @param home where the history goes if the configuration names no directory
   */
  public @Nullable HistorySettings history(Path home) {
    HistoryDials history = settings.history();
    if (!history.enabled()) {
      return null;
    }
    return new HistorySettings(
        bootstrapServers,
        registryUrl,
        "history",
        history.directory().isBlank() ? home.toString() : history.directory(),
        history.roll().toMillis(),
        history.parallelism());
  }

  /** The scorer's. */
  public ScoringSettings scoring() {
    ScorerSettings scorer = settings.scoring();
    return ScoringSettings.at(bootstrapServers, new ConfluentRegistry(registryUrl))
        .withHorizon(scorer.remembered())
        .with(scorer.batching())
        .withPolicy(scorer.policy())
        .with(scorer.limits())
        .on(scorer.device());
  }

  /** Folder of the AML lane's release; null if there is no such lane. */
  public @Nullable Path amlRelease() {
    String folder = settings.scoring().amlRelease();
    return folder.isEmpty() ? null : Releases.amlFolder(folder);
  }

  /** The AML lane's scorer's. */
  public ScoringSettings amlScoring() {
    return scoring().ofAml();
  }

  /** Pauses before a scorer that failed starts again. */
  public ScorerSettings.Restart restart() {
    return settings.scoring().restart();
  }
}
