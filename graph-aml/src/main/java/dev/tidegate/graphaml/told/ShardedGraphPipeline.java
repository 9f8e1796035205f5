package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.replica.Spotted;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.shard.ShardPipeline;
import dev.tidegate.graphaml.shard.ShardSettings;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.flink.EventTypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph on accounts that are dealt out to shards, as signals and alerts: each payment meets
 * again, by its id, what the shards found about it; one task keeps the episodes. Alerts are of
 * cycles and scatter-gathers.
 */
public final class ShardedGraphPipeline {
  private ShardedGraphPipeline() {}

  /**
   * What is told.
   *
   * @param signals one for each payment between accounts
   * @param alerts episodes as they open, grow and close, in their order
   */
  public record Results(DataStream<GraphSignal> signals, DataStream<PatternAlert> alerts) {}

  /**
   * The stage without source and sinks.
   *
   * @param transactions those between accounts, with times and watermarks
   */
  public static Results of(GraphConfig config, DataStream<Transaction> transactions) {
    DataStream<Found> found = ShardPipeline.found(transactions, ShardSettings.of(config));
    SingleOutputStreamOperator<GraphSignal> signals =
        transactions
            .keyBy(
                payment -> EventTimeOrderOperator.fingerprint(payment.getTransactionId()),
                Types.LONG)
            .connect(found.keyBy(Found::id, Types.LONG))
            .transform(
                "graph-told",
                EventTypeInformation.forEvent(GraphSignal.class),
                new TellStreamOperator(new TellOperator(config)))
            .name("graph-told")
            .uid("graph-told");
    return new Results(signals, alerts(config, signals.getSideOutput(TellOperator.SPOTTED)));
  }

  private static DataStream<PatternAlert> alerts(GraphConfig config, DataStream<Spotted> spotted) {
    return spotted
        .keyBy(one -> TimedEpisodesOperator.KEY, Types.INT)
        .transform(
            "graph-timed-episodes",
            EventTypeInformation.forEvent(PatternAlert.class),
            new TimedEpisodesOperator(config))
        .name("graph-timed-episodes")
        .uid("graph-timed-episodes")
        .forceNonParallel();
  }
}
