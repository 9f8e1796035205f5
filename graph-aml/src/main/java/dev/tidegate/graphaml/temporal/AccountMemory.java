package dev.tidegate.graphaml.temporal;

import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;

/**
 * What a graph remembers of accounts beside the payments of its windows: the times of the first and
 * the last payment. To keep it elsewhere, and to tell it again to a graph that is built anew.
 */
public final class AccountMemory {
  private final GraphState state;
  private final Expiry expiry;
  private final LongToIntFunction numberOf;

  AccountMemory(GraphState state, Expiry expiry, LongToIntFunction numberOf) {
    this.state = state;
    this.expiry = expiry;
    this.numberOf = numberOf;
  }

  /** Who is told accounts that are forgotten from now on. */
  public void onForgotten(LongConsumer listener) {
    expiry.onForgotten(listener);
  }

  /** Whether the account is remembered, or forgotten so lately that nobody was told. */
  public boolean knows(long account) {
    int number = state.accounts.find(account);
    return number != Accounts.NONE && state.accounts.last(number) != Long.MIN_VALUE;
  }

  /**
   * Tells a graph of an account, before the payments that are restored into it and after {@link
   * TemporalGraph#advance}.
   */
  public void tell(long account, long firstMs, long lastMs) {
    int number = numberOf.applyAsInt(account);
    state.accounts.setFirst(number, firstMs);
    state.accounts.setLast(number, lastMs);
  }
}
