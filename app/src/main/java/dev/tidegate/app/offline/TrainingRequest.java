package dev.tidegate.app.offline;

import dev.tidegate.scoring.release.ScoringLane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to train.
 *
 * @param source rows
 * @param labels what was known when
 * @param choice name, budget and seed
 * @param out folder of the release
 */
public record TrainingRequest(LabelledFile source, Labels labels, Choice choice, Path out) {
  /**
   * What was known when.
   *
   * @param delay from a payment to its label; null for the profile's
   * @param asOf moment of training; null for the rule of {@code TrainingWindow}
   */
  public record Labels(@Nullable Duration delay, @Nullable Instant asOf) {}

  /**
   * Name and dials.
   *
   * @param kind what to train
   * @param release name of the release
   * @param features file of the catalogue to train on; null for the one that ships
   * @param alertBudgetPercent share of payments analysts can look at
   * @param budgetByChannel whether each channel is to keep within it by a threshold of its own
   * @param seed of everything random
   * @param lane whose model it is to be
   */
  public record Choice(
      ModelKind kind,
      String release,
      @Nullable Path features,
      double alertBudgetPercent,
      boolean budgetByChannel,
      long seed,
      ScoringLane lane) {
    /** Of the lane of payments. */
    public Choice(
        ModelKind kind,
        String release,
        @Nullable Path features,
        double alertBudgetPercent,
        boolean budgetByChannel,
        long seed) {
      this(
          kind, release, features, alertBudgetPercent, budgetByChannel, seed, ScoringLane.PAYMENTS);
    }
  }
}
