package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;

/** Payments of one amount, with a window of 300 ms and 50 ms of disorder. */
final class ToldPayments {
  static final GraphConfig CONFIG = config();
  private static final long AMOUNT = 100;

  private ToldPayments() {}

  private static GraphConfig config() {
    PatternSettings all = PatternSettings.everything();
    return new GraphConfig(
            Streams.unbounded(20),
            new PatternSettings(
                new PatternSettings.Widths(3, 0, 0, 0, 2, 0), all.times(), all.bounds()))
        .with(GraphLayout.shards(8));
  }

  static long number(String id) {
    return EventTimeOrderOperator.fingerprint(id);
  }

  static Edge edge(String id, String from, String to, long timeMs) {
    return new Edge(
        new Hop(number(id), number(from), number(to), timeMs, AMOUNT), id, from, to, AMOUNT, "EUR");
  }

  static Transaction payment(Edge edge) {
    return Transaction.newBuilder()
        .setTransactionId(edge.transactionId())
        .setEventTimeMs(edge.hop().timeMs())
        .setIngestedAtMs(0)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount(edge.from())
        .setPayeeAccount(edge.to())
        .setAmountMinor(edge.amountMinor())
        .setCurrency(edge.currency())
        .build();
  }
}
