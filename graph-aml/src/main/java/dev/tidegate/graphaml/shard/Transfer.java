package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;

/**
 * A payment on its way through the shards, in the base currency. Payments stand in the order of
 * time, equal times in that of ids: every shard sees the same order without asking another.
 *
 * @param id the payment's id or a fingerprint of it; tells payments apart
 * @param source the paying account
 * @param target the paid account
 * @param timeMs when, milliseconds since 1970 UTC
 * @param value how much, minor units of the base currency
 * @param marks {@link #ROUND} and {@link #UNDER}, as bits
 */
record Transfer(long id, long source, long target, long timeMs, long value, int marks) {
  /** The amount is round. */
  static final int ROUND = 1;

  /** The amount is just under the limit of its currency. */
  static final int UNDER = 2;

  /** A payment as the settings see it. */
  static Transfer of(Payment payment, GraphSettings settings) {
    CurrencyRule currency = settings.currencies().get(payment.currency());
    return new Transfer(
        payment.id(),
        payment.source(),
        payment.target(),
        payment.timeMs(),
        currency.value(payment.amountMinor()),
        (currency.round(payment.amountMinor()) ? ROUND : 0)
            | (currency.justUnder(payment.amountMinor()) ? UNDER : 0));
  }

  boolean isRound() {
    return (marks & ROUND) != 0;
  }

  boolean isUnder() {
    return (marks & UNDER) != 0;
  }

  /** Whether an account pays itself. */
  boolean loop() {
    return source == target;
  }

  /** The order in which payments of one time stand. */
  static int compareTies(Transfer left, Transfer right) {
    int byId = Long.compare(left.id, right.id);
    int bySource = byId != 0 ? byId : Long.compare(left.source, right.source);
    return bySource != 0 ? bySource : Long.compare(left.target, right.target);
  }
}
