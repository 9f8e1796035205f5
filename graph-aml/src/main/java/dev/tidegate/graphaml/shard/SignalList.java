package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.SignalLayout;
import java.util.Arrays;

/** Signals that one account can tell, as places and values one after the other. */
final class SignalList {
  private final SignalLayout layout;
  private double[] pairs = new double[128];
  private int length;

  SignalList(SignalLayout layout) {
    this.layout = layout;
  }

  void clear() {
    length = 0;
  }

  void set(int place, double value) {
    if (length == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * length);
    }
    pairs[length] = place;
    pairs[length + 1] = value;
    length += 2;
  }

  void set(Pattern pattern, double value) {
    set(layout.place(pattern), value);
  }

  double[] toArray() {
    return Arrays.copyOf(pairs, length);
  }

  /** Puts signals in their places. */
  static void place(double[] pairs, double[] values) {
    for (int i = 0; i < pairs.length; i += 2) {
      values[(int) pairs[i]] = pairs[i + 1];
    }
  }
}
