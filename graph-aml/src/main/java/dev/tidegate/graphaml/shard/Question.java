package dev.tidegate.graphaml.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What accounts of one shard are told or asked because of one payment: they go together, since a
 * message costs more than what is in it.
 *
 * @param about the payment
 * @param shard whose accounts they are
 * @param asks one for each account
 */
record Question(Transfer about, int shard, List<Ask> asks) {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** The shard of an account. */
  static int shardOf(long account, int shards) {
    long mixed = (account ^ (account >>> 32)) * SPREAD;
    return (int) ((mixed >>> 33) % shards);
  }

  /** Questions to as many shards as need to be asked. */
  static List<Question> of(Transfer about, List<Ask> asks, int shards) {
    Map<Integer, List<Ask>> byShard = new TreeMap<>();
    for (Ask ask : asks) {
      byShard.computeIfAbsent(shardOf(ask.account(), shards), shard -> new ArrayList<>()).add(ask);
    }
    List<Question> questions = new ArrayList<>(byShard.size());
    byShard.forEach((shard, of) -> questions.add(new Question(about, shard, of)));
    return questions;
  }

  /** A payment for its accounts to keep. */
  static List<Question> keep(Transfer about, boolean ends, int shards) {
    List<Ask> asks = new ArrayList<>(2);
    asks.add(Ask.keep(about, about.source(), ends));
    if (!about.loop()) {
      asks.add(Ask.keep(about, about.target(), ends));
    }
    return of(about, asks, shards);
  }

  /** Whether a payment is to be kept. */
  boolean keeps() {
    return asks.get(0).wants(Ask.KEEP);
  }
}
