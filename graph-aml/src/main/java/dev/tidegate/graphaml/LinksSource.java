package dev.tidegate.graphaml;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.flink.EventStream;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.flink.UnhurriedSource;

/** Where sightings that no payment carries come from. */
public final class LinksSource {
  private LinksSource() {}

  /** [sightings] in Kafka; see {@link UnhurriedSource}. */
  public static EventStream<Sighting> kafka(StreamSettings settings) {
    return UnhurriedSource.stream(
        settings, Topics.SIGHTINGS, Sighting.class, Sighting::getSeenAtMs, "links-sightings");
  }
}
