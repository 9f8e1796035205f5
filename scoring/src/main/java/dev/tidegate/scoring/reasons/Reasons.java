package dev.tidegate.scoring.reasons;

import java.util.List;

/**
 * Reasons for one score.
 *
 * @param tableVersion of the {@link ReasonTable} that the codes are from
 * @param expectedMargin log odds of a row of which nothing is known
 * @param margin log odds of this row
 * @param heaviest what speaks for fraud, the heaviest first; empty if nothing does
 */
public record Reasons(
    String tableVersion, double expectedMargin, double margin, List<Reason> heaviest) {
  /** Copies the list. */
  public Reasons {
    heaviest = List.copyOf(heaviest);
  }
}
