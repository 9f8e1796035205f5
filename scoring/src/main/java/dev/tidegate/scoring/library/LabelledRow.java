package dev.tidegate.scoring.library;

import java.util.Map;

/**
 * A row with what must be said of it.
 *
 * @param line where it stands in its file
 * @param fires whether the rule must fire, or the typology be met
 * @param given values by name: of a payment's fields, of features, of the score; others are missing
 */
public record LabelledRow(int line, boolean fires, Map<String, String> given) {
  /** Takes a copy. */
  public LabelledRow {
    given = Map.copyOf(given);
  }
}
