package dev.tidegate.graphaml;

import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph job on its own; its arguments are those of {@link JobArguments}. */
public final class GraphJob {
  private GraphJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    JobArguments arguments = JobArguments.of("graph-aml", args);
    StreamSettings settings = arguments.settings();
    StreamExecutionEnvironment env = arguments.environment();
    GraphPipeline.define(env, GraphSource.kafka(settings), GraphSink.kafka(settings));
    env.execute("tidegate-graph-aml");
  }
}
