package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.List;

/**
 * Names and places of the signals under given settings: first each window's twelve (count, amount
 * and fan of both sides of both ends), then every {@link Pattern}, those of longer cycles last and
 * only where they are counted. Immutable.
 */
public final class SignalLayout {
  /** Values of one side of one end in one window. */
  static final int SIDE_VALUES = 3;

  private static final int WINDOW_VALUES = 4 * SIDE_VALUES;

  private final List<String> names;
  private final int patterns;

  /** The layout under these settings. */
  public SignalLayout(GraphSettings settings) {
    List<String> words = new ArrayList<>();
    for (TimeWindow window : settings.windows()) {
      for (String end : List.of("source", "target")) {
        for (String side : List.of("out", "in")) {
          words.add(end + "_" + side + "_count_" + window.word());
          words.add(end + "_" + side + "_amount_" + window.word());
          words.add(end + "_fan_" + side + "_" + window.word());
        }
      }
    }
    patterns = words.size();
    for (Pattern pattern : Pattern.values()) {
      if (!pattern.longer() || settings.limits().countsLonger()) {
        words.add(pattern.word());
      }
    }
    names = List.copyOf(words);
  }

  /** Names, in the order of the values. */
  public List<String> names() {
    return names;
  }

  /** Number of signals. */
  public int size() {
    return names.size();
  }

  /** Place of a pattern's value. */
  @SuppressWarnings("EnumOrdinal") // the values' order is the enum's, as declared in one place
  public int place(Pattern pattern) {
    return patterns + pattern.ordinal();
  }

  /**
   * Place of the count of a side in a window; amount and fan follow.
   *
   * @param window index into the windows
   * @param target of the target, else of the source
   * @param side 0 for payments out, 1 for payments in
   */
  public static int place(int window, boolean target, int side) {
    return window * WINDOW_VALUES + ((target ? 2 : 0) + side) * SIDE_VALUES;
  }
}
