package dev.tidegate.graphaml.fans;

import java.util.HashSet;
import java.util.Set;

/**
 * Distinct peers, counts and amounts, in and out, of one account over a sliding window {@code (t -
 * w, t]}, exact for each payment, with the payment itself counted in.
 *
 * <p><b>How.</b> A log of the account's payments and a counter a peer: a payment that enters the
 * window counts its peer up, one that leaves it counts it down, and a peer is there while its
 * counter is not zero. Sums are exact integers, so nothing drifts.
 *
 * <p><b>Cost.</b> In order: amortised constant, about one chunk of {@value Log#CHUNK} payments read
 * at each end of the window and two counters. Out of order: linear in what is retained of the
 * account, read back from the end, since what was known at its time is not maintained. Space 32
 * bytes a payment retained and a counter a peer in the window.
 *
 * <p><b>Order.</b> As with feature windows: in order sees all before it; out of order is inserted
 * at its time and sees what is known at its time or earlier; a known one (same time, direction,
 * peer, amount and id) is answered again and not counted twice; at or behind {@code newest -
 * retention} it sees itself alone and leaves no trace. Two peers of one account share a fingerprint
 * of 63 bits with a probability of 2^-63. Thread safe: the state is in the {@link FanStore}.
 */
public final class AccountFans {
  private final long windowMs;
  private final long retentionMs;

  /**
   * Fans over one window.
   *
   * @param windowMs length of the window, milliseconds, positive
   * @param retentionMs how long payments are kept behind the newest, at least the window
   */
  public AccountFans(long windowMs, long retentionMs) {
    if (windowMs <= 0 || retentionMs < windowMs) {
      throw new IllegalArgumentException(
          "window " + windowMs + " ms, retention " + retentionMs + " ms");
    }
    this.windowMs = windowMs;
    this.retentionMs = retentionMs;
  }

  /** Adds one end of a payment and says what the account's window holds at its time. */
  public Fans add(FanStore store, End payment) {
    End end = payment.marked();
    Log log = Log.of(store);
    boolean inOrder = log.isEmpty() || end.timeMs() >= log.newest();
    if (!inOrder && end.timeMs() <= log.newest() - retentionMs) {
      Recount alone = new Recount();
      alone.add(end);
      return alone.fans();
    }
    if (!isKnown(log, end)) {
      if (inOrder) {
        log.newest(end.timeMs());
        log.put(log.end(), end);
        log.enter(end);
        log.leaveUpTo(log.newest() - windowMs);
        log.dropUpTo(log.newest() - retentionMs);
      } else {
        insert(log, end);
      }
      log.save();
    }
    return end.timeMs() == log.newest() ? log.fans() : recount(log, end.timeMs());
  }

  private static boolean isKnown(Log log, End end) {
    for (long at = log.end() - 1; at >= log.first() && log.timeAt(at) >= end.timeMs(); at--) {
      if (log.timeAt(at) == end.timeMs() && log.at(at).equals(end)) {
        return true;
      }
    }
    return false;
  }

  /** Shifts what is later by one position; both sides of the window stay sorted by time. */
  private void insert(Log log, End end) {
    long at = log.end();
    while (at > log.first() && log.timeAt(at - 1) > end.timeMs()) {
      log.put(at, log.at(at - 1));
      at--;
    }
    log.put(at, end);
    if (end.timeMs() > log.newest() - windowMs) {
      log.enter(end);
    } else {
      log.windowMovedByInsertion();
    }
  }

  private Fans recount(Log log, long timeMs) {
    long from = Math.max(timeMs - windowMs, log.newest() - retentionMs);
    Recount recount = new Recount();
    for (long at = log.end() - 1; at >= log.first() && log.timeAt(at) > from; at--) {
      if (log.timeAt(at) <= timeMs) {
        recount.add(log.at(at));
      }
    }
    return recount.fans();
  }

  /** A window counted from nothing. */
  private static final class Recount {
    private final Half in = new Half();
    private final Half out = new Half();

    void add(End end) {
      (end.incoming() ? in : out).add(end);
    }

    Fans fans() {
      return new Fans(in.side(), out.side());
    }
  }

  private static final class Half {
    private final Set<Long> peers = new HashSet<>();
    private long count;
    private long sumHigh;
    private long sumLow;

    void add(End end) {
      peers.add(end.peer());
      count++;
      sumHigh += end.amount() >> 32;
      sumLow += end.amount() & 0xffff_ffffL;
    }

    Fans.Side side() {
      return new Fans.Side(peers.size(), count, Log.amount(sumHigh, sumLow));
    }
  }
}
