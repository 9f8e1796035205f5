package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The window that is filling: batches of all partitions in the order they arrive, each once.
 * Mutable; not thread safe.
 */
final class ScoreWindow {
  private static final byte VERSION = 1;

  private ScoreTally tally = new ScoreTally();
  private final SortedMap<Integer, Long> newest = new TreeMap<>();

  /**
   * Adds a batch.
   *
   * @param size decisions that make a window
   * @return the window if the batch completes it, else null
   */
  @Nullable ScoreTally add(ScoreBatch batch, long size) {
    if (batch.sequence() <= newest.getOrDefault(batch.partition(), 0L)) {
      return null;
    }
    newest.put(batch.partition(), batch.sequence());
    tally.add(batch.tally());
    if (tally.samples() < size) {
      return null;
    }
    ScoreTally full = tally;
    tally = new ScoreTally();
    return full;
  }

  byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(
            1 + Integer.BYTES + newest.size() * (Integer.BYTES + Long.BYTES) + ScoreTally.BYTES);
    out.put(VERSION).putInt(newest.size());
    newest.forEach((partition, sequence) -> out.putInt(partition).putLong(sequence));
    tally.write(out);
    return out.array();
  }

  static ScoreWindow of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "score window");
    ScoreWindow window = new ScoreWindow();
    int partitions = in.getInt();
    for (int i = 0; i < partitions; i++) {
      window.newest.put(in.getInt(), in.getLong());
    }
    window.tally = ScoreTally.read(in);
    return window;
  }
}
