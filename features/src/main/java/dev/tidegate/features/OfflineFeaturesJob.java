package dev.tidegate.features;

import dev.tidegate.features.archive.HistorySink;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The features of whole files in this process, by the operators that run live: for training,
 * evaluation and backfill.
 */
public final class OfflineFeaturesJob {
  /** Files end at checkpoints. */
  private static final long ROLL_MS = 30_000;

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
    run(
        JobConfiguration.bounded(),
        catalogue,
        files,
        FeaturesSink.folder(files.vectors()),
        parallelism);
  }

  /**
   * The same into Parquet files by day, in the layout of the history, with state in RocksDB: for
   * more than memory holds.
   *
   * @param checkpoints folder for what the run needs while it lasts
   */
  public static void backfill(Catalogue catalogue, Files files, Path checkpoints, int parallelism)
      throws Exception {
    run(
        JobConfiguration.durable(checkpoints.toUri().toString(), ROLL_MS),
        catalogue,
        files,
        HistorySink.vectors(files.vectors().toUri().toString()),
        parallelism);
  }

  private static void run(
      Configuration configuration,
      Catalogue catalogue,
      Files files,
      Sink<FeatureVector> sink,
      int parallelism)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    FeaturesPipeline.define(
        env,
        catalogue,
        FeaturesSource.files(files.transactions(), files.labels(), files.disorderMs()),
        sink);
    env.execute("tidegate-features-offline");
  }
}
