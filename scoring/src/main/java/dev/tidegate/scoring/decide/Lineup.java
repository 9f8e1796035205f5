package dev.tidegate.scoring.decide;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The releases that are at work together. A batch is decided by one lineup.
 *
 * @param champion decides all payments that the canary does not
 * @param canary release on trial, which decides the payments of some payers; null for none
 * @param share payers of the canary
 * @param shadows releases that score every payment and decide none
 */
public record Lineup(
    ReleaseScorer champion,
    @Nullable ReleaseScorer canary,
    CanaryShare share,
    List<ReleaseScorer> shadows) {
  /** Takes a copy. */
  public Lineup {
    shadows = List.copyOf(shadows);
  }

  /** A champion alone. */
  public static Lineup of(ReleaseScorer champion) {
    return new Lineup(champion, null, CanaryShare.NONE, List.of());
  }

  /** Who decides a payer's payments. */
  ReleaseScorer scorer(String payer) {
    return canary != null && share.has(payer) ? canary : champion;
  }

  void begin(int count) {
    champion.begin(count);
    if (canary != null) {
      canary.begin(count);
    }
    shadows.forEach(shadow -> shadow.begin(count));
  }

  void score() {
    champion.score();
    if (canary != null) {
      canary.score();
    }
    shadows.forEach(ReleaseScorer::score);
  }
}
