package dev.tidegate.graphaml.temporal;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Components by payments of this epoch and the one before, exactly: a payment at newest time T is
 * answered over all payments that have come with times from {@code (floor(T / epoch) - 1) * epoch}
 * on, without those that touched a hub when they came and those of an account to itself. So a
 * payment counts for at least one epoch and less than two. Two forests run side by side, one begun
 * an epoch before the other, and the older one answers; nothing is ever deleted from a forest.
 */
final class Components {
  private final Accounts accounts;
  private final long epochMs;
  private final Set<Long> riskyKeys = new HashSet<>();
  private final BitSet risky = new BitSet();
  private Forest older = new Forest();
  private Forest younger = new Forest();
  private long epoch = Long.MIN_VALUE;

  Components(Accounts accounts, long epochMs) {
    this.accounts = accounts;
    this.epochMs = epochMs;
  }

  /** Marks an account as risky from now on, or no more. */
  void mark(long key, boolean isRisky) {
    boolean changed = isRisky ? riskyKeys.add(key) : riskyKeys.remove(key);
    int account = accounts.find(key);
    if (changed && account != Accounts.NONE) {
      risky.set(account, isRisky);
      older.mark(account, isRisky ? 1 : -1);
      younger.mark(account, isRisky ? 1 : -1);
    }
  }

  /** An account got its number. */
  void assigned(int account, long key) {
    risky.set(account, !riskyKeys.isEmpty() && riskyKeys.contains(key));
    older.reserve(account);
    younger.reserve(account);
  }

  /** The newest time is now this. */
  void advance(long newestMs) {
    long now = Math.floorDiv(newestMs, epochMs);
    if (now == epoch) {
      return;
    }
    if (now != epoch + 1) {
      younger.begin((now - 1) * epochMs);
    }
    Forest gone = older;
    older = younger;
    younger = gone;
    younger.begin(now * epochMs);
    epoch = now;
  }

  /** Joins the ends of a payment, if it joins any, and tells about their component. */
  void add(Moment moment, boolean joins, Findings findings) {
    int left = older.root(moment.source, risky.get(moment.source));
    int right = older.root(moment.target, risky.get(moment.target));
    int larger = Math.max(older.size(left), older.size(right));
    int root = left;
    boolean joined = joins && moment.timeMs >= older.sinceMs();
    if (joined) {
      root = older.join(left, right);
    } else if (older.size(right) > older.size(left)) {
      root = right;
    }
    findings.set(Pattern.COMPONENT_SIZE, older.size(root));
    findings.set(Pattern.COMPONENT_GROWTH, older.size(root) - larger);
    findings.set(Pattern.COMPONENT_RISKY_SHARE, (double) older.risky(root) / older.size(root));
    findings.set(Pattern.COMPONENT_RECENT, recent(moment, joined));
  }

  private int recent(Moment moment, boolean joined) {
    int left = younger.root(moment.source, risky.get(moment.source));
    int right = younger.root(moment.target, risky.get(moment.target));
    if (joined && moment.timeMs >= younger.sinceMs()) {
      return younger.size(younger.join(left, right));
    }
    return Math.max(younger.size(left), younger.size(right));
  }

  long bytes() {
    return older.bytes() + younger.bytes();
  }
}
