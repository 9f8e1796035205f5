package dev.tidegate.features;

import dev.tidegate.schemas.file.EventFileSource;
import dev.tidegate.schemas.flink.LabelsSource;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.flink.TransactionsSource;
import java.nio.file.Path;

/** Where the stage's transactions and labels come from. */
public final class FeaturesSource {
  private FeaturesSource() {}

  /** [transactions] and [labels] in Kafka; see {@link TransactionsSource}, {@link LabelsSource}. */
  public static FeaturesPipeline.Inputs kafka(StreamSettings settings) {
    return new FeaturesPipeline.Inputs(
        TransactionsSource.stream(settings, "features-transactions"),
        LabelsSource.stream(settings, "features-labels-source"));
  }

  /**
   * Files of transactions and labels; see {@link EventFileSource}.
   *
   * @param labels in the order of when they were known
   * @param disorderMs see {@link EventFileSource#transactions}
   */
  public static FeaturesPipeline.Inputs files(Path transactions, Path labels, long disorderMs) {
    return new FeaturesPipeline.Inputs(
        EventFileSource.transactions(transactions, disorderMs, "features-file"),
        EventFileSource.labels(labels, "features-labels-source"));
  }
}
