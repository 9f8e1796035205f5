package dev.tidegate.features;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.file.EventFileSink;
import dev.tidegate.schemas.flink.EventsSink;
import dev.tidegate.schemas.flink.RegistryProvider;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;

/** Where the stage's vectors go. */
public final class FeaturesSink {
  private FeaturesSink() {}

  /** [features] in Kafka, keyed by payer account, at least once. */
  public static Sink<FeatureVector> kafka(StreamSettings settings) {
    return EventsSink.kafka(
        settings.bootstrapServers(),
        Topics.FEATURES,
        FeatureVector.class,
        vector -> vector.getTransaction().getPayerAccount(),
        RegistryProvider.confluent(settings.registryUrl()));
  }

  /** One file a subtask in a folder, read with {@code EventFile.read(folder, ...)}. */
  public static Sink<FeatureVector> folder(Path folder) {
    return EventFileSink.into(folder, FeatureVector.class);
  }
}
