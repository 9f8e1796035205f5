package dev.tidegate.graphaml;

import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.TransactionStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Payments between accounts to signals about both ends. Payments without a payee account (cards)
 * have none. The same transactions give bit-equal signals at any parallelism.
 */
public final class GraphPipeline {
  private GraphPipeline() {}

  /** Lays the stage out between a source and a sink; the caller executes the environment. */
  public static void define(
      StreamExecutionEnvironment env, TransactionStream source, Sink<GraphSignal> sink) {
    signals(source.open(env)).sinkTo(sink).name("graph-sink").uid("graph-sink");
  }

  /** The stage without a sink; the transactions carry times and watermarks. */
  public static DataStream<GraphSignal> signals(DataStream<Transaction> transactions) {
    return transactions
        .flatMap(GraphPipeline::ends, FansOperator.ENDS)
        .setParallelism(transactions.getParallelism())
        .name("graph-ends")
        .uid("graph-ends")
        .keyBy(FansOperator::keyOf, Types.STRING)
        .transform(
            "graph-fans", EventTypeInformation.forEvent(GraphSignal.class), new FansOperator())
        .name("graph-fans")
        .uid("graph-fans");
  }

  private static void ends(Transaction payment, Collector<Tuple2<AccountRole, Transaction>> out) {
    if (payment.getPayeeAccount() != null) {
      out.collect(Tuple2.of(AccountRole.PAYER, payment));
      out.collect(Tuple2.of(AccountRole.PAYEE, payment));
    }
  }
}
