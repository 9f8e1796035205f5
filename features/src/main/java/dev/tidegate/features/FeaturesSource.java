package dev.tidegate.features;

import dev.tidegate.schemas.file.EventFileSource;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.flink.TransactionStream;
import dev.tidegate.schemas.flink.TransactionsSource;
import java.nio.file.Path;

/** Where the stage's transactions come from. */
public final class FeaturesSource {
  private FeaturesSource() {}

  /** [transactions] in Kafka; see {@link TransactionsSource}. */
  public static TransactionStream kafka(StreamSettings settings) {
    return TransactionsSource.stream(settings, "features-transactions");
  }

  /** A file of transactions; see {@link EventFileSource#transactions}. */
  public static TransactionStream file(Path file, long disorderMs) {
    return EventFileSource.transactions(file, disorderMs, "features-file");
  }
}
