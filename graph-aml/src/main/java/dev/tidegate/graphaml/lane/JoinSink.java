package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.flink.EventsSink;
import dev.tidegate.schemas.flink.RegistryProvider;
import dev.tidegate.schemas.flink.StreamSettings;
import org.apache.flink.api.connector.sink2.Sink;

/** Where joined vectors go. */
public final class JoinSink {
  private JoinSink() {}

  /** [aml-vectors] in Kafka, keyed by the paying account, at least once. */
  public static Sink<FeatureVector> kafka(StreamSettings settings) {
    return EventsSink.kafka(
        settings.bootstrapServers(),
        Topics.AML_VECTORS,
        FeatureVector.class,
        vector -> vector.getTransaction().getPayerAccount(),
        RegistryProvider.confluent(settings.registryUrl()));
  }
}
