package dev.tidegate.graphaml;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.replica.ReplicaPipeline;
import dev.tidegate.graphaml.told.ShardedGraphPipeline;
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
 * payee account (cards) have none. The graph is one task whatever the job's parallelism, one task a
 * replica, or dealt out to shards, as the settings say; the same transactions give the same
 * signals.
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
    DataStream<Transaction> payments = payments(source.open(env));
    return switch (config.layout().kind()) {
      case ONE_GRAPH -> {
        SingleOutputStreamOperator<GraphSignal> signals = one(config, payments);
        yield sunk(signals, signals.getSideOutput(TemporalOperator.ALERTS), sinks);
      }
      case REPLICAS -> {
        ReplicaPipeline.Results results = ReplicaPipeline.of(config, payments, false);
        yield sunk(results.signals(), results.alerts(), sinks);
      }
      case SHARDS -> {
        ShardedGraphPipeline.Results results = ShardedGraphPipeline.of(config, payments);
        yield sunk(results.signals(), results.alerts(), sinks);
      }
    };
  }

  private static DataStream<GraphSignal> sunk(
      DataStream<GraphSignal> signals, DataStream<PatternAlert> alerts, Outputs sinks) {
    signals.sinkTo(sinks.signals).name("graph-sink").uid("graph-sink");
    alerts
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

  private static DataStream<Transaction> payments(DataStream<Transaction> transactions) {
    return transactions
        .filter(payment -> payment.getPayeeAccount() != null)
        .setParallelism(transactions.getParallelism())
        .name("graph-payments")
        .uid("graph-payments");
  }

  private static SingleOutputStreamOperator<GraphSignal> one(
      GraphConfig config, DataStream<Transaction> payments) {
    return payments
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
