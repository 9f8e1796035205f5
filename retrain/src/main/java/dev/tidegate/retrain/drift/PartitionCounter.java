package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the scores of one release in one partition and hands them on in batches. A decision that
 * comes again within the last {@link #REMEMBERED} is not counted again: the log repeats what was in
 * flight when a writer died. Mutable; not thread safe.
 */
final class PartitionCounter {
  /** Decisions by whose ids a repetition is known. */
  static final int REMEMBERED = 256;

  private static final byte VERSION = 1;

  private ScoreTally tally = new ScoreTally();
  private long sequence;
  private final long[] recent = new long[REMEMBERED];
  private int next;

  /**
   * Counts a decision.
   *
   * @param id 64 bits of the decision's id
   * @param batching whose decisions these are, and how many make a batch
   * @return a batch that this decision completes, else null
   */
  @Nullable ScoreBatch count(long id, int cell, long eventTimeMs, Batching batching) {
    if (seen(id)) {
      return null;
    }
    recent[next] = id;
    next = (next + 1) % REMEMBERED;
    tally.add(cell, eventTimeMs);
    if (tally.samples() < batching.size()) {
      return null;
    }
    ScoreBatch batch = new ScoreBatch(batching.partition(), ++sequence, tally);
    tally = new ScoreTally();
    return batch;
  }

  private boolean seen(long id) {
    for (long other : recent) {
      if (other == id) {
        return true;
      }
    }
    return false;
  }

  byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(
                1 + Long.BYTES + Integer.BYTES + REMEMBERED * Long.BYTES + ScoreTally.BYTES)
            .put(VERSION)
            .putLong(sequence)
            .putInt(next);
    for (long id : recent) {
      out.putLong(id);
    }
    tally.write(out);
    return out.array();
  }

  static PartitionCounter of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "score counter");
    PartitionCounter counter = new PartitionCounter();
    counter.sequence = in.getLong();
    counter.next = in.getInt();
    for (int i = 0; i < REMEMBERED; i++) {
      counter.recent[i] = in.getLong();
    }
    counter.tally = ScoreTally.read(in);
    return counter;
  }

  /**
   * How to batch.
   *
   * @param partition whose decisions these are
   * @param size decisions a batch
   */
  record Batching(int partition, int size) {}
}
