package dev.tidegate.scoring.reasons;

/**
 * One reason for a high score.
 *
 * @param code what kind, with its texts
 * @param feature the code's feature that adds most
 * @param value that feature's value; NaN for a missing one
 * @param logOdds what all features of the code add to the margin, above 0
 */
public record Reason(ReasonCode code, String feature, float value, double logOdds) {}
