package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
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
   * A run over files.
   *
   * @param transactions see {@link FeaturesSource#files}
   * @param labels see {@link FeaturesSource#files}
   * @param vectors folder for the vectors, see {@link FeaturesSink#folder}; empty or absent
   * @param disorderMs see {@link FeaturesSource#files}
   */
  public record Files(Path transactions, Path labels, Path vectors, long disorderMs) {}

  /**
   * Computes every transaction's vector and returns when all are written.
   *
   * @param parallelism subtasks of each operator; the vectors do not depend on it, their order does
   * @throws Exception what stopped the run, as Flink reports it
   */
  public static void run(Catalogue catalogue, Files files, int parallelism) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, JobConfiguration.bounded());
    FeaturesPipeline.define(
        env,
        catalogue,
        FeaturesSource.files(files.transactions(), files.labels(), files.disorderMs()),
        FeaturesSink.folder(files.vectors()));
    env.execute("tidegate-features-offline");
  }
}
