package dev.tidegate.retrain.outcome;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * {@link FairnessWindow} time after time: groups are counted for a while, assessed, and counted
 * anew. A window ends with the first payment of a later one; one that comes after its window has
 * ended counts in the one at hand.
 *
 * <p>All tests of a window share its level, so however many groups there are the probability of any
 * false call is at most that. At most {@value #MOST} groups are told apart, those that come first;
 * all others are one. O(log groups) a payment. Mutable; not thread safe.
 */
public final class FairnessWatch {
  /** Most groups told apart. */
  public static final int MOST = 20;

  /** What the rest is called. */
  public static final String REST = "other";

  private static final byte VERSION = 2;
  private static final byte WITHOUT_GROUPING = 1;
  private static final int MEASURES = 2;
  private static final long NONE = Long.MIN_VALUE;

  private final long windowMs;
  private final double level;
  private final long grouping;
  private FairnessWindow window = new FairnessWindow();
  private long startMs = NONE;

  /**
   * A watch.
   *
   * @param windowMs time that is counted at once
   * @param level probability of any false call in a window, from the page budget; in (0, 0.5]
   * @param grouping digest of what groups are told apart by: what was counted by another one is not
   *     gone on from
   */
  public FairnessWatch(long windowMs, double level, long grouping) {
    if (windowMs < 1 || !(level > 0 && level <= 0.5)) {
      throw new IllegalArgumentException(
          "fairness needs a window and a level in (0, 0.5]: " + windowMs + ", " + level);
    }
    this.windowMs = windowMs;
    this.level = level;
    this.grouping = grouping;
  }

  /**
   * A window that has ended.
   *
   * @param startMs its first moment
   * @param endMs its last moment
   * @param groups each with each measure that it can be compared by
   */
  public record Reading(long startMs, long endMs, List<FairnessReading> groups) {
    /** Takes a copy. */
    public Reading {
      groups = List.copyOf(groups);
    }
  }

  /** Counts a decision; the window that it ends, else one without groups. */
  public Reading decided(long eventTimeMs, String group, boolean stopped) {
    Reading ended = advance(eventTimeMs);
    window.decided(named(group), stopped);
    return ended;
  }

  /**
   * Counts a decision whose label has matured; the window that it ends, else one without groups.
   */
  public Reading matured(long eventTimeMs, String group, boolean stopped, boolean fraud) {
    // Matured payments are older than those decided: they count in the window at hand.
    Reading ended = startMs == NONE ? advance(eventTimeMs) : none();
    window.matured(named(group), stopped, fraud);
    return ended;
  }

  private String named(String group) {
    return window.knows(group) || window.size() < MOST ? group : REST;
  }

  private Reading advance(long eventTimeMs) {
    long at = Math.floorDiv(eventTimeMs, windowMs) * windowMs;
    if (startMs == NONE) {
      startMs = at;
    }
    if (at <= startMs) {
      return none();
    }
    double each = level / (MEASURES * Math.max(1, window.size()));
    Reading ended =
        new Reading(
            startMs, startMs + windowMs - 1, window.assess(FairnessLimits.fourFifths(each)));
    window = new FairnessWindow();
    startMs = at;
    return ended;
  }

  private Reading none() {
    return new Reading(startMs, startMs, List.of());
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return 1 + 2 * Long.BYTES + window.byteSize();
  }

  /** Writes what was counted; settings are not in it. */
  public void write(ByteBuffer out) {
    out.put(VERSION).putLong(grouping).putLong(startMs);
    window.write(out);
  }

  /** Goes on from what was written, or begins anew where that was another grouping. */
  public void restore(ByteBuffer in) {
    boolean without = in.get(in.position()) == WITHOUT_GROUPING;
    StateVersion.expect(without ? WITHOUT_GROUPING : VERSION, in, "watch of fairness");
    boolean same = without || in.getLong() == grouping;
    long began = in.getLong();
    FairnessWindow counted = FairnessWindow.read(in);
    if (same) {
      startMs = began;
      window = counted;
    }
  }
}
