package dev.tidegate.graphaml;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph job on its own; its arguments are those of {@link JobArguments}, and {@code graph=FILE}
 * for another file than {@code config/graph.yaml}.
 */
public final class GraphJob {
  private static final String GRAPH = "graph";

  private GraphJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    JobArguments arguments = JobArguments.of("graph-aml", Set.of(GRAPH), args);
    StreamSettings settings = arguments.settings();
    StreamExecutionEnvironment env = arguments.environment();
    GraphConfig config =
        GraphConfig.read(Path.of(arguments.others().getOrDefault(GRAPH, "config/graph.yaml")));
    GraphPipeline.define(env, config, GraphSource.kafka(settings), GraphSink.kafka(settings));
    env.execute("tidegate-graph-aml");
  }
}
