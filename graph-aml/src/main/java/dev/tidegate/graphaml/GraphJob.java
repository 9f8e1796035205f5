package dev.tidegate.graphaml;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.links.LinkSettings;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
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
    define(env, settings, config);
    env.execute("tidegate-graph-aml");
  }

  /** The graph and the entity links over one reading of [transactions]. */
  public static void define(
      StreamExecutionEnvironment env, StreamSettings settings, GraphConfig config) {
    DataStream<Transaction> payments = GraphSource.kafka(settings).open(env);
    GraphPipeline.define(env, config, opened -> payments, GraphSink.kafka(settings));
    LinksPipeline.define(
        env,
        LinkSettings.standard(),
        opened -> payments,
        LinksSource.kafka(settings),
        LinksSink.kafka(settings));
  }
}
