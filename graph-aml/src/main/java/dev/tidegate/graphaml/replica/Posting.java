package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.temporal.Payment;

/**
 * A payment on its way into the replicas.
 *
 * @param payment as the graphs take it; its currency is {@link #UNKNOWN} if the settings have none
 *     of that code
 * @param number its place in the order of all payments with a known currency, from 1; 0 before it
 *     has one
 * @param replica the replica that it goes to; before that, the one that searches
 * @param late whether it came behind the watermark
 * @param transactionId its id; empty for a replica that does not search
 * @param event the transaction as {@link TransactionCodec} writes it; empty for a replica that does
 *     not search
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody changes
record Posting(
    Payment payment, long number, int replica, boolean late, String transactionId, byte[] event) {
  static final int UNKNOWN = -1;
  private static final byte[] NOTHING = {};

  /** Whether the graph can take it. */
  boolean known() {
    return payment.currency() != UNKNOWN;
  }

  /** Whether the replica that it goes to searches. */
  boolean searched() {
    return event.length > 0;
  }

  /** For the replica that searches. */
  Posting searched(long place, boolean behind) {
    return new Posting(payment, place, replica, behind, transactionId, event);
  }

  /** For a replica that does not search. */
  Posting kept(long place, int keeper) {
    return new Posting(payment, place, keeper, false, "", NOTHING);
  }

  /** The same transaction in other bytes. */
  Posting with(byte[] written) {
    return new Posting(payment, number, replica, late, transactionId, written);
  }
}
