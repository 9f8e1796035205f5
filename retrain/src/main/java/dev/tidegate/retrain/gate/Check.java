package dev.tidegate.retrain.gate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One gate and what it found.
 *
 * @param gate its name, for example {@code recall-at-budget}
 * @param passed true if the challenger may go on
 * @param sentence what was found, with figures, for people
 * @param figures the same figures by name; only those that the rows decide, so that the same rows
 *     give the same ones
 */
public record Check(String gate, boolean passed, String sentence, Map<String, Double> figures) {
  /** Takes a copy. */
  public Check {
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
  }
}
