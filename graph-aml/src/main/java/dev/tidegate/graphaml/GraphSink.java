package dev.tidegate.graphaml;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.file.EventFileSink;
import dev.tidegate.schemas.flink.EventsSink;
import dev.tidegate.schemas.flink.RegistryProvider;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;

/** Where the stage's signals and alerts go. */
public final class GraphSink {
  private GraphSink() {}

  /** [graph-signals], keyed by the paying account, and [pattern-alerts], at least once. */
  public static GraphPipeline.Outputs kafka(StreamSettings settings) {
    RegistryProvider registry = RegistryProvider.confluent(settings.registryUrl());
    return new GraphPipeline.Outputs(
        EventsSink.kafka(
            settings.bootstrapServers(),
            Topics.GRAPH_SIGNALS,
            GraphSignal.class,
            GraphSignal::getAccount,
            registry),
        EventsSink.kafka(
            settings.bootstrapServers(),
            Topics.PATTERN_ALERTS,
            PatternAlert.class,
            PatternAlert::getAlertId,
            registry));
  }

  /** Files of {@code signals} and {@code alerts} in a folder, for {@code EventFile.read}. */
  public static GraphPipeline.Outputs folder(Path folder) {
    return new GraphPipeline.Outputs(
        EventFileSink.into(folder.resolve("signals"), GraphSignal.class),
        EventFileSink.into(folder.resolve("alerts"), PatternAlert.class));
  }
}
