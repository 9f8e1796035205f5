package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a score leads to: below the release's threshold the payment is approved; from it on, an
 * alert is raised and the payment gets {@code alerted}, or is declined from {@code declineFrom} on.
 *
 * @param declineFrom score in [0, 1] from which an alerted payment is declined; null for never
 * @param alerted outcome of the other alerted payments
 * @param degraded outcome where no usable score exists
 */
public record OutcomePolicy(@Nullable Double declineFrom, Outcome alerted, Outcome degraded) {
  /** Holds what is alerted and what cannot be scored, and declines nothing. */
  public static final OutcomePolicy HOLD_ALL = new OutcomePolicy(null, Outcome.HOLD, Outcome.HOLD);

  /** Checks the range. */
  public OutcomePolicy {
    if (declineFrom != null && !(declineFrom >= 0 && declineFrom <= 1)) {
      throw new IllegalArgumentException("the decline threshold must be in [0, 1]: " + declineFrom);
    }
  }

  /**
   * The outcome of a score.
   *
   * @param score in [0, 1]
   * @param threshold of the release
   */
  public Outcome of(double score, double threshold) {
    if (score < threshold) {
      return Outcome.APPROVE;
    }
    return declineFrom != null && score >= declineFrom ? Outcome.DECLINE : alerted;
  }
}
