package dev.tidegate.features;

import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The features of a whole file in this process, by the operators that run live: for training and
 * evaluation. State is on the heap.
 */
public final class OfflineFeaturesJob {
  private OfflineFeaturesJob() {}

  /**
   * Computes every transaction's vector and returns when all are written.
   *
   * @param transactions a file of transactions, see {@link FeaturesSource#file}
   * @param vectors folder for the vectors, see {@link FeaturesSink#folder}; empty or absent
   * @param disorderMs see {@link FeaturesSource#file}
   * @param parallelism subtasks of each operator; the vectors do not depend on it, their order does
   * @throws Exception what stopped the run, as Flink reports it
   */
  public static void run(Path transactions, Path vectors, long disorderMs, int parallelism)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, JobConfiguration.bounded());
    FeaturesPipeline.define(
        env, FeaturesSource.file(transactions, disorderMs), FeaturesSink.folder(vectors));
    env.execute("tidegate-features-offline");
  }
}
