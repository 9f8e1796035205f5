package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.rules.RuleFindings;
import dev.tidegate.scoring.rules.RuleFindings.Listing;
import org.jspecify.annotations.Nullable;

/**
 * What models, rules and lists lead to: the one place where they combine. In this order: a party
 * that is denied is declined; one that is allowed is approved; else the strictest of what the score
 * and the rules ask for stands, where a payment without a usable score gets {@code degraded} in the
 * score's place.
 *
 * <p>A score below its threshold asks for approval, or for a step-up from {@link
 * ScoreBands#stepUpFrom} on; from the threshold on, an alert is raised and the payment gets {@code
 * alerted}, or is declined from {@link ScoreBands#declineFrom} on. Segments have bands of their
 * own.
 *
 * @param bands thresholds, for all and by segment
 * @param alerted outcome of the alerted payments that are not declined
 * @param degraded outcome where no usable score exists
 */
public record OutcomePolicy(SegmentBands bands, Outcome alerted, Outcome degraded) {
  /** Holds what is alerted and what cannot be scored, and declines nothing. */
  public static final OutcomePolicy HOLD_ALL =
      new OutcomePolicy(SegmentBands.everywhere(ScoreBands.RELEASE), Outcome.HOLD, Outcome.HOLD);

  /** Lets every payment pass: for a lane that raises alerts and answers nothing. */
  public static final OutcomePolicy WATCH =
      new OutcomePolicy(
          SegmentBands.everywhere(ScoreBands.RELEASE), Outcome.APPROVE, Outcome.APPROVE);

  /**
   * The same bands for every payment: the release's threshold, and one from which it declines.
   *
   * @param declineFrom score in [0, 1] from which an alerted payment is declined; null for never
   */
  public OutcomePolicy(@Nullable Double declineFrom, Outcome alerted, Outcome degraded) {
    this(SegmentBands.everywhere(ScoreBands.RELEASE.decliningFrom(declineFrom)), alerted, degraded);
  }

  /**
   * The outcome of a score in the bands of all segments.
   *
   * @param score in [0, 1]
   * @param threshold of the release
   */
  public Outcome of(double score, double threshold) {
    return of(score, threshold, bands.others());
  }

  /** The outcome of a payment's score, in the bands of its segment. */
  public Outcome of(double score, double threshold, Transaction payment) {
    return of(score, threshold, bands.of(payment));
  }

  /**
   * True if the score alone raises an alert; NaN does not.
   *
   * @param threshold of the release
   */
  public boolean alerts(double score, double threshold, Transaction payment) {
    return score >= bands.of(payment).threshold(threshold);
  }

  private Outcome of(double score, double threshold, ScoreBands band) {
    if (score >= band.threshold(threshold)) {
      return band.declines(score) ? Outcome.DECLINE : alerted;
    }
    return band.stepsUp(score) ? Outcome.STEP_UP : Outcome.APPROVE;
  }

  /**
   * The outcome of a payment.
   *
   * @param byScore what its score leads to, or {@code degraded}
   * @param findings what rules and lists say
   */
  public Outcome combine(Outcome byScore, RuleFindings findings) {
    if (findings.listing() == Listing.DENIED) {
      return Outcome.DECLINE;
    }
    if (findings.listing() == Listing.ALLOWED) {
      return Outcome.APPROVE;
    }
    Outcome byRules = findings.outcome();
    return byRules != null && byRules.compareTo(byScore) > 0 ? byRules : byScore;
  }
}
