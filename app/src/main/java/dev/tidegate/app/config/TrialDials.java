package dev.tidegate.app.config;

import dev.tidegate.retrain.trial.TrialSettings;

/**
 * How releases that training runs made are led to where people decide.
 *
 * @param follow whether the platform does it by itself
 * @param settings of each trial
 */
public record TrialDials(boolean follow, TrialSettings settings) {
  private static final int MOST_DECISIONS = 1_000_000_000;

  static TrialDials of(Configuration read) {
    return new TrialDials(
        read.flag("models.follow"),
        new TrialSettings(
            read.integer("models.shadow-decisions", 100, MOST_DECISIONS),
            read.integer("models.canary-percent", 1, 99),
            read.integer("models.canary-decisions", 100, MOST_DECISIONS),
            read.number("models.tolerance", 1, 100),
            TrialSettings.defaults().risk()));
  }
}
