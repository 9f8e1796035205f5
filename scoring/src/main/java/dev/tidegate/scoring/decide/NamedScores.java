package dev.tidegate.scoring.decide;

import dev.tidegate.scoring.rules.ModelScores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each model that was asked about a payment says of it. Roles first: {@code champion} and
 * {@code canary}, of which only the one that decides was asked, and {@code shadow}, the first one;
 * then the names of whoever decides, and of shadows. Turned from payment to payment; not thread
 * safe.
 */
final class NamedScores implements ModelScores {
  private @Nullable ReleaseScorer decider;
  private boolean trial;
  private List<ReleaseScorer> shadows = List.of();
  private int row;
  private int shadowRow;

  /** Turns to a payment; shadows have it in a row of their own. */
  void turn(Lineup lineup, ReleaseScorer scorer, int scorersRow, int shadowsRow) {
    decider = scorer;
    trial = scorer == lineup.canary();
    shadows = lineup.shadows();
    row = scorersRow;
    shadowRow = shadowsRow;
  }

  @Override
  public double of(String name) {
    ReleaseScorer asked = decider;
    if (asked == null) {
      return Double.NaN;
    }
    return switch (name) {
      case "champion" -> trial ? Double.NaN : asked.score(row);
      case "canary" -> trial ? asked.score(row) : Double.NaN;
      case "shadow" -> shadows.isEmpty() ? Double.NaN : shadows.get(0).score(shadowRow);
      default -> called(asked, name);
    };
  }

  private double called(ReleaseScorer asked, String name) {
    if (asked.isCalled(name)) {
      return asked.score(row, name);
    }
    for (ReleaseScorer shadow : shadows) {
      if (shadow.isCalled(name)) {
        return shadow.score(shadowRow, name);
      }
    }
    return Double.NaN;
  }
}
