package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.flink.EventStream;
import dev.tidegate.schemas.flink.EventTypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Vectors and signals of the same payments to joined vectors, one for each vector of a payment
 * between accounts; see {@link JoinedSet} for its values. Payments without a payee account (cards)
 * have no signals and no joined vector. Where payments come in order, or late by at most the wait,
 * the same input gives bit-equal vectors at any parallelism.
 */
public final class JoinPipeline {
  private JoinPipeline() {}

  /**
   * Signals and what their values are.
   *
   * @param stream with the graph's watermark
   * @param size number of signals
   * @param digest of the signal set
   */
  public record Signals(DataStream<GraphSignal> stream, int size, String digest) {}

  /** Lays the stage out between sources and a sink; the caller executes the environment. */
  public static void define(
      StreamExecutionEnvironment env,
      Signals signals,
      JoinBounds bounds,
      EventStream<FeatureVector> features,
      Sink<FeatureVector> sink) {
    vectors(signals, bounds, features.open(env)).sinkTo(sink).name("join-sink").uid("join-sink");
  }

  /**
   * The stage without sources and sink.
   *
   * @param features without watermarks and idle: the graph's alone decides, also while it is idle
   */
  public static DataStream<FeatureVector> vectors(
      Signals signals, JoinBounds bounds, DataStream<FeatureVector> features) {
    return features
        .filter(vector -> vector.getTransaction().getPayeeAccount() != null)
        .setParallelism(features.getParallelism())
        .name("join-payments")
        .uid("join-payments")
        .keyBy(vector -> vector.getTransaction().getTransactionId(), Types.STRING)
        .connect(signals.stream.keyBy(GraphSignal::getTransactionId, Types.STRING))
        .transform(
            "join",
            EventTypeInformation.forEvent(FeatureVector.class),
            new JoinOperator(new VectorJoinOperator(signals.size, signals.digest, bounds)))
        .name("join")
        .uid("join");
  }
}
