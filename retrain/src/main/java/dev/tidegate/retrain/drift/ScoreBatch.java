package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;

/**
 * A tally of one partition on its way to the window.
 *
 * @param partition where the decisions stood
 * @param sequence rises by one a batch of the partition, from 1: one that comes again is known by
 *     it
 * @param tally what was counted
 */
record ScoreBatch(int partition, long sequence, ScoreTally tally) {
  private static final byte VERSION = 1;

  byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES + ScoreTally.BYTES)
            .put(VERSION)
            .putInt(partition)
            .putLong(sequence);
    tally.write(out);
    return out.array();
  }

  static ScoreBatch of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "score batch");
    return new ScoreBatch(in.getInt(), in.getLong(), ScoreTally.read(in));
  }
}
