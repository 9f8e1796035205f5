package dev.tidegate.graphaml;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.file.EventFileSink;
import dev.tidegate.schemas.flink.EventsSink;
import dev.tidegate.schemas.flink.RegistryProvider;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;

/** Where changes of clusters go. */
public final class LinksSink {
  private LinksSink() {}

  /** [clusters] in Kafka, keyed by cluster, at least once. */
  public static Sink<ClusterChange> kafka(StreamSettings settings) {
    return EventsSink.kafka(
        settings.bootstrapServers(),
        Topics.CLUSTERS,
        ClusterChange.class,
        ClusterChange::getCluster,
        RegistryProvider.confluent(settings.registryUrl()));
  }

  /** A file in a folder, read with {@code EventFile.read(folder, ...)}. */
  public static Sink<ClusterChange> folder(Path folder) {
    return EventFileSink.into(folder, ClusterChange.class);
  }
}
