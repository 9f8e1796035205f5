package dev.tidegate.scoring.forest;

/**
 * Floats as integers in the same order, so that a comparison is a subtraction and needs no branch.
 *
 * <p>A value has two keys, side by side: one for nodes where a missing value goes right, one for
 * nodes where it goes left. They differ for NaN alone, which is above every value in the first and
 * below every value in the second. Both zeros have the same key, as {@code -0f < 0f} is false.
 */
final class FloatKeys {
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;

  private FloatKeys() {}

  /** Key of a value that is not NaN. */
  static int of(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> 31) & MAGNITUDE);
  }

  /** Place of a feature's key in a row of keys. */
  static int slot(int feature, boolean missingLeft) {
    return 2 * feature + (missingLeft ? 1 : 0);
  }

  /** Writes both keys of {@code count} values. */
  static void write(float[] values, int from, int count, int[] keys, int to) {
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(values[from + i] + 0f);
      int key = bits ^ ((bits >> 31) & MAGNITUDE);
      int missing = (INFINITY - (bits & MAGNITUDE)) >> 31;
      int present = key & ~missing;
      keys[to + 2 * i] = present | (missing & Integer.MAX_VALUE);
      keys[to + 2 * i + 1] = present | (missing & Integer.MIN_VALUE);
    }
  }

  /**
   * A node as one word: the key below which a value goes left, less one, over the slot it is read
   * from. The sign of (upper half - key) is then 1 exactly where the way goes right.
   */
  static long node(float threshold, int slot) {
    return word(of(threshold) - 1, slot);
  }

  /** A node where every way goes left. */
  static long alwaysLeft() {
    return word(Integer.MAX_VALUE, 0);
  }

  private static long word(int bound, int slot) {
    return ((long) bound << 32) | slot;
  }

  /** 1 if the way goes right, else 0. */
  static int right(long node, int[] keys, int row) {
    return (int) (((node >> 32) - keys[row + (int) node]) >>> 63);
  }
}
