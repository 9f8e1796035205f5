package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.SignalLayout;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one payment so far: answers of accounts, and how many have still to come in
 * this round. Goes from stage to stage.
 */
final class Inquiry {
  final Transfer about;
  final double[] values;
  final Map<Long, Reply> replies;

  /** Answers of this round that have not come. */
  int open;

  /** The payment came behind the watermark. */
  boolean late;

  /** A bound cut off answers. */
  boolean cut;

  /** Payments that were not given because there were too many, and that searches left out. */
  double dropped;

  Inquiry(Transfer about, double[] values, Map<Long, Reply> replies) {
    this.about = about;
    this.values = values;
    this.replies = replies;
  }

  /** About a payment whose ends have still to answer. */
  static Inquiry begin(Transfer about, SignalLayout layout) {
    double[] values = new double[layout.size()];
    // Told by an end whose side is short enough.
    values[layout.place(Pattern.PAIR_COUNT)] = Double.NaN;
    values[layout.place(Pattern.PAIR_SINCE_MS)] = Double.NaN;
    values[layout.place(Pattern.PAIR_NEW)] = Double.NaN;
    Inquiry inquiry = new Inquiry(about, values, new LinkedHashMap<>());
    inquiry.open = about.loop() ? 1 : 2;
    return inquiry;
  }

  /** Takes an answer in. */
  void take(Reply reply) {
    SignalList.place(reply.signals(), values);
    if (!reply.is(Reply.COMPONENTS)) {
      Reply before = replies.get(reply.account());
      replies.put(reply.account(), before == null ? reply : both(before, reply));
      late |= reply.is(Reply.LATE);
      dropped += reply.dropped();
    }
    open--;
  }

  /** An account that was asked twice was asked for more payments in the second time. */
  private static Reply both(Reply before, Reply after) {
    return new Reply(
        after.about(),
        after.account(),
        after.state(),
        after.signals(),
        after.in(),
        before.out(),
        after.inUntilMs(),
        after.dropped());
  }

  @Nullable Reply reply(long account) {
    return replies.get(account);
  }

  /** Whether an account said that it is a hub. */
  boolean hub(long account) {
    Reply reply = replies.get(account);
    return reply != null && reply.is(Reply.HUB);
  }

  /** Payments into an account, as far as they were asked for. */
  Trail in(long account) {
    Reply reply = replies.get(account);
    return reply == null ? Trail.EMPTY : reply.in();
  }

  /** Payments out of an account, as far as they were asked for. */
  Trail out(long account) {
    Reply reply = replies.get(account);
    return reply == null ? Trail.EMPTY : reply.out();
  }

  boolean sourceHub() {
    return hub(about.source());
  }

  /** Whether searches go through this payment: two accounts, neither a hub. */
  boolean searches() {
    return !about.loop() && !hub(about.source()) && !hub(about.target());
  }

  boolean isEnd(long account) {
    return account == about.source() || account == about.target();
  }

  @Override
  public String toString() {
    return about + ", open " + open + ", values " + Arrays.toString(values);
  }
}
