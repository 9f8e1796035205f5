package dev.tidegate.graphaml;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.TransactionStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Payments between accounts to one signal each, and to episodes of patterns. Payments without a
 * payee account (cards) have none. The graph is one task whatever the job's parallelism; the same
 * transactions give bit-equal signals.
 */
public final class GraphPipeline {
  private GraphPipeline() {}

  /**
   * Lays the stage out between a source and a sink; the caller executes the environment.
   *
   * @return the signals, for who reads them in the same job
   */
  public static DataStream<GraphSignal> define(
      StreamExecutionEnvironment env, GraphConfig config, TransactionStream source, Outputs sinks) {
    SingleOutputStreamOperator<GraphSignal> signals = signals(config, source.open(env));
    signals.sinkTo(sinks.signals).name("graph-sink").uid("graph-sink");
    signals
        .getSideOutput(TemporalOperator.ALERTS)
        .sinkTo(sinks.alerts)
        .setParallelism(1)
        .name("graph-alerts-sink")
        .uid("graph-alerts-sink");
    return signals;
  }

  /**
   * Where results go.
   *
   * @param signals one for each payment between accounts
   * @param alerts episodes as they open, grow and close, in their order
   */
  public record Outputs(Sink<GraphSignal> signals, Sink<PatternAlert> alerts) {}

  /** The stage without a sink; the transactions carry times and watermarks. */
  public static SingleOutputStreamOperator<GraphSignal> signals(
      GraphConfig config, DataStream<Transaction> transactions) {
    return transactions
        .filter(payment -> payment.getPayeeAccount() != null)
        .setParallelism(transactions.getParallelism())
        .name("graph-payments")
        .uid("graph-payments")
        .keyBy(payment -> TemporalOperator.KEY, Types.STRING)
        .transform(
            "graph-temporal",
            EventTypeInformation.forEvent(GraphSignal.class),
            new TemporalOperator(config))
        .name("graph-temporal")
        .uid("graph-temporal")
        .forceNonParallel();
  }
}
