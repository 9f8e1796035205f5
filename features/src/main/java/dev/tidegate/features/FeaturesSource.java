package dev.tidegate.features;

import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFileSource;
import dev.tidegate.schemas.flink.RegistryProvider;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.flink.TransactionTime;
import dev.tidegate.schemas.flink.TransactionsSource;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where the stage's transactions come from, with times and watermarks. */
@FunctionalInterface
public interface FeaturesSource {
  /** Adds the source to an environment. */
  DataStream<Transaction> open(StreamExecutionEnvironment env);

  /**
   * [transactions] in Kafka; a partition without records or heartbeats does not hold others back.
   */
  static FeaturesSource kafka(StreamSettings settings) {
    return env ->
        TransactionTime.stream(
            env,
            TransactionsSource.kafka(
                settings.bootstrapServers(),
                settings.consumerGroup(),
                RegistryProvider.confluent(settings.registryUrl())),
            TransactionTime.watermarks(settings.disorderMs())
                .withIdleness(Duration.ofMillis(settings.idleMs())),
            "features-transactions");
  }

  /**
   * A file of transactions, bounded, in the file's order.
   *
   * @param file made by {@link dev.tidegate.schemas.file.EventFile#writer}
   * @param disorderMs how far a transaction may stand behind an earlier line with a later time,
   *     milliseconds; at the span of the whole file, the file may have any order, and is held in
   *     memory
   */
  static FeaturesSource file(Path file, long disorderMs) {
    return env ->
        TransactionTime.serialStream(
            env,
            EventFileSource.of(file, Transaction.class),
            TransactionTime.watermarks(disorderMs),
            "features-file");
  }
}
