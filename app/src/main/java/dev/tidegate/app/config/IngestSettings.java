package dev.tidegate.app.config;

import java.time.Duration;

/**
 * The door's dials.
 *
 * @param maxInFlight payments sent and not yet decided before the feed waits
 * @param rememberedIds newest payment ids that the door remembers to find repetitions
 * @param labelDelay from a payment to its label, where the profile does not say
 */
public record IngestSettings(int maxInFlight, int rememberedIds, Duration labelDelay) {
  static IngestSettings of(Configuration configuration) {
    return new IngestSettings(
        configuration.integer("ingest.max-in-flight", 100, 1_000_000),
        configuration.integer("ingest.remembered-ids", 1, 20_000_000),
        configuration.span("ingest.label-delay", Duration.ZERO, Duration.ofDays(3_650)));
  }
}
