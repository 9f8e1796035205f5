package dev.tidegate.graphaml;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.file.EventFileSink;
import dev.tidegate.schemas.flink.EventsSink;
import dev.tidegate.schemas.flink.RegistryProvider;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;

/** Where the stage's signals go. */
public final class GraphSink {
  private GraphSink() {}

  /** [graph-signals] in Kafka, keyed by account, at least once. */
  public static Sink<GraphSignal> kafka(StreamSettings settings) {
    return EventsSink.kafka(
        settings.bootstrapServers(),
        Topics.GRAPH_SIGNALS,
        GraphSignal.class,
        GraphSignal::getAccount,
        RegistryProvider.confluent(settings.registryUrl()));
  }

  /** One file a subtask in a folder, read with {@code EventFile.read(folder, ...)}. */
  public static Sink<GraphSignal> folder(Path folder) {
    return EventFileSink.into(folder, GraphSignal.class);
  }
}
