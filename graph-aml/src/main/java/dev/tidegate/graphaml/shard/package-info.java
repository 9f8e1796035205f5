/**
 * The graph's signals over accounts that live on many machines: what {@link
 * dev.tidegate.graphaml.temporal.TemporalGraph} says of payments in the order of time and id, said
 * by accounts that each know their own payments alone. In: transactions; out: {@link
 * dev.tidegate.graphaml.shard.Found}, one a payment. {@link
 * dev.tidegate.graphaml.shard.ShardPipeline} is the way in.
 *
 * <p>A payment is put to its two accounts ({@link dev.tidegate.graphaml.shard.Ledger}). What they
 * know is collected in an {@link dev.tidegate.graphaml.shard.Inquiry}, which asks the accounts
 * around them, and those around these; then it has all payments that a search could want and
 * searches them as the graph would. Each of these rounds is a stage of its own, with accounts of
 * its own.
 */
package dev.tidegate.graphaml.shard;
