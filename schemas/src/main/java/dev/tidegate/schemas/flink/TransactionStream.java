package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.event.Transaction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job's transactions come from, with times and watermarks: Kafka, a file, a test. */
@FunctionalInterface
public interface TransactionStream {
  /** Adds the source to an environment. */
  DataStream<Transaction> open(StreamExecutionEnvironment env);
}
