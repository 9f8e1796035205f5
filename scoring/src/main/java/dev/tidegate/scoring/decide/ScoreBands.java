package dev.tidegate.scoring.decide;

import org.jspecify.annotations.Nullable;

/**
 * Scores from which something is done. Each is in [0, 1]; null for never, or for the release's.
 *
 * @param stepUpFrom below the threshold, a step-up from here on
 * @param alertFrom threshold; null for the release's
 * @param declineFrom from the threshold on, declined from here on
 */
public record ScoreBands(
    @Nullable Double stepUpFrom, @Nullable Double alertFrom, @Nullable Double declineFrom) {
  /** The release's threshold alone. */
  public static final ScoreBands RELEASE = new ScoreBands(null, null, null);

  /** Checks ranges. */
  public ScoreBands {
    require("step-up", stepUpFrom);
    require("alert", alertFrom);
    require("decline", declineFrom);
  }

  private static void require(String what, @Nullable Double from) {
    if (from != null && !(from >= 0 && from <= 1)) {
      throw new IllegalArgumentException("the " + what + " threshold must be in [0, 1]: " + from);
    }
  }

  /** The same with another score from which is declined. */
  public ScoreBands decliningFrom(@Nullable Double other) {
    return new ScoreBands(stepUpFrom, alertFrom, other);
  }

  /** The threshold: its own, or the release's. */
  double threshold(double release) {
    return alertFrom == null ? release : alertFrom;
  }

  boolean declines(double score) {
    return declineFrom != null && score >= declineFrom;
  }

  boolean stepsUp(double score) {
    return stepUpFrom != null && score >= stepUpFrom;
  }
}
