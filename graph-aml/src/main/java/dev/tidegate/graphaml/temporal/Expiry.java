package dev.tidegate.graphaml.temporal;

import java.util.function.LongConsumer;

/**
 * The graph's newest time, and the way payments and accounts leave it: those of an account that is
 * touched at once, all others by a walk over the accounts, two steps a payment. Nothing that is
 * asked depends on when something left. Also keeps every age below what {@link Times} can tell.
 */
final class Expiry {
  private static final int STEPS = 2;

  private final GraphState state;
  private final long retentionMs;
  private final long memoryMs;
  private long newestMs = Long.MIN_VALUE;
  // All payments kept were within the retention at this newest time or came after it.
  private long cleanMs;
  private long walkBegunMs;
  private int walker;
  private LongConsumer forgotten = key -> {};

  Expiry(GraphState state) {
    this.state = state;
    retentionMs = state.settings.retentionMs();
    memoryMs = state.settings.horizons().memoryMs();
  }

  /** Whether a time is further behind the newest than the settings allow. */
  boolean tooLate(long timeMs) {
    return newestMs != Long.MIN_VALUE && timeMs < newestMs - state.settings.horizons().disorderMs();
  }

  /** Moves the newest time on. */
  void advance(long timeMs) {
    if (newestMs == Long.MIN_VALUE) {
      newestMs = timeMs;
      cleanMs = timeMs;
      walkBegunMs = timeMs;
    }
    long farthest = Times.MOST_AGE - retentionMs;
    while (timeMs - cleanMs > farthest) {
      newestMs = cleanMs + farthest;
      for (int account = 0; account < state.accounts.bound(); account++) {
        visit(account);
      }
      cleanMs = newestMs;
      walkBegunMs = newestMs;
      walker = 0;
    }
    newestMs = Math.max(newestMs, timeMs);
  }

  long newestMs() {
    return newestMs;
  }

  /** Who is told the keys of accounts whose numbers are taken away. */
  void onForgotten(LongConsumer listener) {
    forgotten = listener;
  }

  /** Whether an account is forgotten, though it may still have its number. */
  boolean forgotten(int account) {
    long last = state.accounts.last(account);
    return last != Long.MIN_VALUE && last < newestMs - memoryMs;
  }

  /** Lets an account's old payments go. */
  void trim(int account) {
    for (int side = Ring.OUT; side <= Ring.IN; side++) {
      if (state.adjacency.size(account, side) > 0) {
        state.adjacency.trim(account, side, (int) newestMs, retentionMs);
        state.hubs.trimmed(account, side);
      }
    }
  }

  /** A few steps of the walk. */
  void walk() {
    for (int i = 0; i < STEPS; i++) {
      if (walker >= state.accounts.bound()) {
        walker = 0;
        cleanMs = walkBegunMs;
        walkBegunMs = newestMs;
      }
      visit(walker++);
    }
    state.adjacency.settle();
  }

  private void visit(int account) {
    if (state.accounts.last(account) == Long.MIN_VALUE) {
      return;
    }
    trim(account);
    if (forgotten(account)) {
      forgotten.accept(state.accounts.key(account));
      state.accounts.release(account);
    }
  }
}
