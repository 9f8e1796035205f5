package dev.tidegate.retrain.detect;

import java.time.Duration;

/**
 * Event time of a stream, as its payments tell it: the newest of them. One that lies more than
 * seven days ahead of that is a clock that went wrong, and says nothing of time: it is not taken,
 * since whoever judges what has ended by it would judge everything at once and be blind to what
 * comes. Where {@value #CONFIRMING} in a row lie so far ahead it is the stream that went on, as
 * after a long pause, and time goes to the earliest of these.
 *
 * <p>The first payment is taken whatever it says: there is nothing to hold it against. O(1).
 * Mutable; not thread safe.
 */
public final class EventClock {
  /** Payments in a row that are needed to believe a jump. */
  public static final int CONFIRMING = 100;

  /** The farthest that one payment moves time, milliseconds. */
  public static final long FARTHEST_MS = Duration.ofDays(7).toMillis();

  private static final long NONE = Long.MIN_VALUE;

  private long nowMs;
  private long jumpMs = NONE;
  private int ahead;

  /** A stream of which nothing is known. */
  public EventClock() {
    this(NONE);
  }

  private EventClock(long nowMs) {
    this.nowMs = nowMs;
  }

  /** A stream that has come to a time; {@link Long#MIN_VALUE} for one of which nothing is known. */
  public static EventClock at(long nowMs) {
    return new EventClock(nowMs);
  }

  /**
   * Takes a payment's time.
   *
   * @return false if it lies too far ahead, and is not to be counted
   */
  public boolean takes(long timeMs) {
    if (!isAhead(timeMs)) {
      nowMs = Math.max(nowMs, timeMs);
      ahead = 0;
      return true;
    }
    jumpMs = ahead == 0 ? timeMs : Math.min(jumpMs, timeMs);
    ahead++;
    if (ahead < CONFIRMING) {
      return false;
    }
    nowMs = jumpMs;
    ahead = 0;
    return !isAhead(timeMs);
  }

  /**
   * True if a time lies farther ahead than one payment can move this clock; false while no time is
   * known. Asking says nothing of the stream: for what belongs to payments and is none.
   */
  public boolean isAhead(long timeMs) {
    return known() && timeMs > nowMs && timeMs - nowMs > FARTHEST_MS;
  }

  /** Time has come to there by other evidence than a payment; never goes back. */
  public void reach(long timeMs) {
    nowMs = Math.max(nowMs, timeMs);
  }

  /** True once a time is known. */
  public boolean known() {
    return nowMs != NONE;
  }

  /** Newest time taken, milliseconds; {@link Long#MIN_VALUE} if none is known. */
  public long nowMs() {
    return nowMs;
  }
}
