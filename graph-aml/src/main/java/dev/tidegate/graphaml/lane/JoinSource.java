package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.flink.EventStream;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.flink.UnhurriedSource;

/** Where the vectors to be joined come from. */
public final class JoinSource {
  private JoinSource() {}

  /** [features] in Kafka; see {@link UnhurriedSource}: time is the graph's. */
  public static EventStream<FeatureVector> kafka(StreamSettings settings) {
    return UnhurriedSource.stream(
        settings,
        Topics.FEATURES,
        FeatureVector.class,
        vector -> vector.getTransaction().getEventTimeMs(),
        "join-features");
  }
}
