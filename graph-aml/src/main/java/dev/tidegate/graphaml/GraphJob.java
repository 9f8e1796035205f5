package dev.tidegate.graphaml;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.JoinConfig;
import dev.tidegate.graphaml.lane.JoinBounds;
import dev.tidegate.graphaml.lane.JoinPipeline;
import dev.tidegate.graphaml.lane.JoinSink;
import dev.tidegate.graphaml.lane.JoinSource;
import dev.tidegate.graphaml.links.LinkSettings;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The graph job on its own; its arguments are those of {@link JobArguments}, and {@code graph=FILE}
 * for another file than {@code config/graph.yaml}, {@code vectors=true} for [aml-vectors] whatever
 * that file says.
 */
public final class GraphJob {
  private static final String GRAPH = "graph";
  private static final String VECTORS = "vectors";

  private GraphJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    JobArguments arguments = JobArguments.of("graph-aml", Set.of(GRAPH, VECTORS), args);
    StreamSettings settings = arguments.settings();
    StreamExecutionEnvironment env = arguments.environment();
    Path file = Path.of(arguments.others().getOrDefault(GRAPH, "config/graph.yaml"));
    JoinConfig joining = JoinConfig.read(file);
    boolean joins =
        joining.enabled() || Boolean.parseBoolean(arguments.others().getOrDefault(VECTORS, ""));
    define(env, settings, GraphConfig.read(file), joins ? joining.bounds() : null);
    env.execute("tidegate-graph-aml");
  }

  /**
   * The graph and the entity links over one reading of [transactions].
   *
   * @param joining how [features] and the signals become [aml-vectors]; null for none
   * @throws IllegalArgumentException if the join would not await what the layout does
   */
  public static void define(
      StreamExecutionEnvironment env,
      StreamSettings settings,
      GraphConfig config,
      @Nullable JoinBounds joining) {
    if (joining != null) {
      config.check(joining);
    }
    DataStream<Transaction> payments = GraphSource.kafka(settings).open(env);
    DataStream<GraphSignal> signals =
        GraphPipeline.define(env, config, opened -> payments, GraphSink.kafka(settings));
    if (joining != null) {
      SignalSet set = SignalSet.of(config.graph());
      JoinPipeline.define(
          env,
          new JoinPipeline.Signals(signals, set.names().size(), set.digest()),
          joining,
          JoinSource.kafka(settings),
          JoinSink.kafka(settings));
    }
    LinksPipeline.define(
        env,
        LinkSettings.standard(),
        opened -> payments,
        LinksSource.kafka(settings),
        LinksSink.kafka(settings));
  }
}
