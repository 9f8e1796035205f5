package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.List;

/**
 * Names and places of the signals under given settings: first each window's twelve (count, amount
 * and fan of both sides of both ends), then every {@link Pattern}, those of longer cycles and of
 * trails last and only where the settings ask for them. Immutable.
 */
public final class SignalLayout {
  /** Values of one side of one end in one window. */
  static final int SIDE_VALUES = 3;

  private static final int NONE = -1;
  private static final int WINDOW_VALUES = 4 * SIDE_VALUES;

  private final List<String> names;
  private final int[] places = new int[Pattern.values().length];

  /** The layout under these settings. */
  @SuppressWarnings("EnumOrdinal") // as place
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
    for (Pattern pattern : Pattern.values()) {
      if (pattern.told(settings.limits())) {
        places[pattern.ordinal()] = words.size();
        words.add(pattern.word());
      } else {
        places[pattern.ordinal()] = NONE;
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

  /** Place of a pattern's value; no place in any array if the settings do not ask for it. */
  @SuppressWarnings("EnumOrdinal") // an index into an array made in the order of the enum
  public int place(Pattern pattern) {
    return places[pattern.ordinal()];
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
