package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;

/**
 * For how long a stream of payments has been seen, against how far back its features look.
 *
 * <p>A stream begins with empty histories. Until it is as old as the longest window of a release's
 * features, its vectors differ from those that the release was made from even if payments do not:
 * to compare the two would be a false alarm by construction. So monitors that compare begin when
 * the stream is old enough ({@code docs/concepts/drift.md}).
 *
 * <p>The beginning is the latest of the first {@value #FIRST} event times, so that a stray old
 * payment makes no stream old. It belongs to the stream and not to a release. O(1). Mutable; not
 * thread safe.
 */
final class StreamAge {
  /** Key in a monitor's store, beside those of releases. */
  static final String KEY = "stream-age";

  /** Payments among which the beginning is looked for. */
  static final int FIRST = 100;

  private static final byte VERSION = 1;

  private long beganMs = Long.MIN_VALUE;
  private long seen;

  /**
   * Takes payments.
   *
   * @param timeMs the latest event time of them
   * @param payments how many
   * @return true if that changed anything that has to be kept
   */
  boolean see(long timeMs, long payments) {
    if (seen >= FIRST) {
      return false;
    }
    seen += payments;
    beganMs = Math.max(beganMs, timeMs);
    return true;
  }

  /**
   * How much of the time that features look back the stream had been seen for.
   *
   * @param atMs event time
   * @param reachMs how far features look back; 0 for not at all
   * @return in [0, 1]; 1 once windows are full
   */
  double share(long atMs, long reachMs) {
    if (reachMs <= 0) {
      return 1;
    }
    return seen == 0 ? 0 : Math.max(0, Math.min(1, (double) (atMs - beganMs) / reachMs));
  }

  byte[] bytes() {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put(VERSION)
        .putLong(beganMs)
        .putLong(seen)
        .array();
  }

  static StreamAge of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "age of the stream");
    StreamAge age = new StreamAge();
    age.beganMs = in.getLong();
    age.seen = in.getLong();
    return age;
  }
}
