package dev.tidegate.schemas.flink;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Where a job's events come from, with watermarks: Kafka, a file, a test.
 *
 * @param <T> the event
 */
@FunctionalInterface
public interface EventStream<T> {
  /** Adds the source to an environment. */
  DataStream<T> open(StreamExecutionEnvironment env);
}
