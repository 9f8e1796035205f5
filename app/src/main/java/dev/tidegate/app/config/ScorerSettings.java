package dev.tidegate.app.config;

import dev.tidegate.app.Refused;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.decide.BandText;
import dev.tidegate.scoring.decide.OutcomePolicy;
import dev.tidegate.scoring.decide.ScoreBands;
import dev.tidegate.scoring.decide.SegmentBands;
import dev.tidegate.scoring.loop.ScoringSettings.Batching;
import dev.tidegate.scoring.loop.ScoringSettings.Limits;
import dev.tidegate.scoring.model.Device;
import java.time.Duration;

/**
 * The scorer's dials.
 *
 * @param batching what makes a batch
 * @param remembered for how long decided payments are remembered
 * @param limits what is not waited for
 * @param policy what a score leads to
 * @param device where models run
 * @param restart pauses before a scorer that failed starts again
 * @param amlRelease folder of the AML lane's release; empty for no such lane
 */
public record ScorerSettings(
    Batching batching,
    Duration remembered,
    Limits limits,
    OutcomePolicy policy,
    Device device,
    Restart restart,
    String amlRelease) {
  private static final Duration LEAST = Duration.ofMillis(100);

  /**
   * Pauses before a restart; each failure soon after a start doubles the pause.
   *
   * @param first before the first restart
   * @param longest no pause is longer; one that ran for as long starts over with {@code first}
   */
  public record Restart(Duration first, Duration longest) {}

  static ScorerSettings of(Configuration configuration) {
    return new ScorerSettings(
        batching(configuration),
        configuration.span("scoring.remembered", LEAST, Duration.ofDays(30)),
        new Limits(
            configuration.span("scoring.overload-after", Duration.ZERO, Duration.ofHours(1)),
            configuration.span("scoring.model-limit", Duration.ZERO, Duration.ofMinutes(1))),
        new OutcomePolicy(
            bands(configuration),
            Outcome.HOLD,
            configuration.choice("scoring.degraded-outcome", Outcome.class)),
        device(configuration),
        restart(configuration),
        configuration.text("scoring.aml-release").strip());
  }

  private static SegmentBands bands(Configuration configuration) {
    ScoreBands others =
        ScoreBands.RELEASE.decliningFrom(configuration.share("scoring.decline-threshold"));
    try {
      return BandText.read(configuration.text("scoring.bands"), others);
    } catch (IllegalArgumentException e) {
      throw new Refused("setting scoring.bands: " + e.getMessage());
    }
  }

  private static Batching batching(Configuration configuration) {
    return new Batching(
        configuration.integer("scoring.max-batch", 1, 65_536),
        configuration.span("scoring.window", Duration.ZERO, Duration.ofSeconds(1)),
        configuration.integer("scoring.buffers", 1, 2));
  }

  private static Device device(Configuration configuration) {
    try {
      return Device.named(configuration.text("scoring.device"));
    } catch (IllegalArgumentException e) {
      throw new Refused("setting scoring.device: " + e.getMessage());
    }
  }

  private static Restart restart(Configuration configuration) {
    Duration first = configuration.span("scoring.restart-first", LEAST, Duration.ofMinutes(1));
    Duration longest = configuration.span("scoring.restart-longest", LEAST, Duration.ofHours(1));
    if (longest.compareTo(first) < 0) {
      throw new Refused("setting scoring.restart-longest must not be below scoring.restart-first");
    }
    return new Restart(first, longest);
  }
}
