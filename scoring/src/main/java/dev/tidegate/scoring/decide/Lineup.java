package dev.tidegate.scoring.decide;

import java.util.List;
import java.util.stream.Stream;
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
    all().forEach(one -> one.begin(count));
  }

  void start() {
    all().forEach(ReleaseScorer::start);
  }

  void finish() {
    all().forEach(ReleaseScorer::finish);
  }

  /** Calls of models at work that are over their time and have not come back. */
  public int hung() {
    return all().mapToInt(ReleaseScorer::hung).sum();
  }

  private Stream<ReleaseScorer> all() {
    Stream<ReleaseScorer> deciders =
        canary == null ? Stream.of(champion) : Stream.of(champion, canary);
    return Stream.concat(deciders, shadows.stream());
  }
}
