package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The one graph's signals and alerts from replicas of it in several tasks: each keeps all payments
 * and searches its share, so inserting is repeated and searching is divided. The same transactions
 * give the same results with any number of replicas at any parallelism.
 */
public final class ReplicaPipeline {
  private ReplicaPipeline() {}

  /**
   * What the replicas find.
   *
   * @param signals one for each payment between accounts
   * @param alerts episodes as they open, grow and close, in their order
   * @param found signals in full precision with the money paths; empty unless asked for
   */
  public record Results(
      DataStream<GraphSignal> signals, DataStream<PatternAlert> alerts, DataStream<Found> found) {}

  /**
   * The stage without source and sinks.
   *
   * @param transactions those between accounts, with times and watermarks
   * @param paths whether {@link Results#found} is asked for
   */
  public static Results of(
      GraphConfig config, DataStream<Transaction> transactions, boolean paths) {
    SingleOutputStreamOperator<GraphSignal> signals =
        ordered(config, transactions)
            .keyBy(new ReplicaOperator.ReplicaKeys(config.replicas()), Types.INT)
            .transform(
                "graph-replicas",
                EventTypeInformation.forEvent(GraphSignal.class),
                new ReplicaOperator(config, paths))
            .setMaxParallelism(ReplicaOperator.ReplicaKeys.GROUPS)
            // A task without a replica would have nothing to do, and keys end at 64 tasks.
            .setParallelism(
                Math.min(
                    transactions.getExecutionEnvironment().getParallelism(), config.replicas()))
            .name("graph-replicas")
            .uid("graph-replicas");
    DataStream<PatternAlert> alerts =
        signals
            .getSideOutput(ReplicaOperator.SPOTTED)
            .keyBy(spotted -> EpisodesOperator.KEY, Types.INT)
            .transform(
                "graph-episodes",
                EventTypeInformation.forEvent(PatternAlert.class),
                new EpisodesOperator(config))
            .name("graph-episodes")
            .uid("graph-episodes")
            .forceNonParallel();
    return new Results(signals, alerts, signals.getSideOutput(ReplicaOperator.FOUND));
  }

  private static DataStream<Posting> ordered(
      GraphConfig config, DataStream<Transaction> transactions) {
    return transactions
        .map(new PostingOperator(config))
        .returns(PostingCodec.INSTANCE.information())
        .setParallelism(transactions.getParallelism())
        .name("graph-postings")
        .uid("graph-postings")
        .keyBy(posting -> OrderOperator.KEY, Types.INT)
        .transform(
            "graph-order",
            PostingCodec.INSTANCE.information(),
            new OrderOperator(config.replicas()))
        .name("graph-order")
        .uid("graph-order")
        .forceNonParallel();
  }
}
