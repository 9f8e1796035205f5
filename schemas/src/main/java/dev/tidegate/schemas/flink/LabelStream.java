package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.event.Label;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job's labels come from, with watermarks: Kafka, a file, a test. */
@FunctionalInterface
public interface LabelStream {
  /** Adds the source to an environment. */
  DataStream<Label> open(StreamExecutionEnvironment env);
}
