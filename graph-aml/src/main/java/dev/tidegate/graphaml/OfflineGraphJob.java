package dev.tidegate.graphaml;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The signals of a whole file in this process, by the operator that runs live: for training. */
public final class OfflineGraphJob {
  private OfflineGraphJob() {}

  /**
   * Computes every payment's signals and returns when all are written.
   *
   * @param transactions see {@link GraphSource#file}
   * @param out folder, see {@link GraphSink#folder}; empty or absent
   * @param disorderMs see {@link GraphSource#file}
   * @throws Exception what stopped the run, as Flink reports it
   */
  public static void run(GraphConfig config, Path transactions, Path out, long disorderMs)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, JobConfiguration.bounded());
    GraphPipeline.define(
        env,
        config.withReplicas(1),
        GraphSource.file(transactions, disorderMs),
        GraphSink.folder(out));
    env.execute("tidegate-graph-offline");
  }
}
