package dev.tidegate.retrain.outcome;

import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a cohort did worse than a reference cohort of the same age.
 *
 * <p>Recall at the budget by Fisher's exact test, one-sided. PR-AUC by its logit interval (Boyd,
 * Eng, Page, ECML 2013): logit(AP) has about variance 1 / (frauds x AP x (1 - AP)). Each gets half
 * of the level, so that a cohort no worse than the reference is called with at most the whole.
 * PR-AUC also falls when fraud becomes rarer; recall at the budget then rises. Frauds are taken as
 * independent: series by one fraudster make both tests bolder than they should be.
 *
 * @param recallPValue probability of a recall as low if nothing had changed
 * @param precisionPValue the same of PR-AUC
 * @param dropped true if either is below half of the level
 */
public record PerformanceDrop(double recallPValue, double precisionPValue, boolean dropped) {
  private static final double EDGE = 1e-6;

  /**
   * Compares.
   *
   * @param level probability of calling a drop where there is none, from the page budget
   * @throws IllegalArgumentException if the readings are of different ages
   */
  public static PerformanceDrop between(
      CohortReading reference, CohortReading cohort, double level) {
    if (reference.ageMs() != cohort.ageMs()) {
      throw new IllegalArgumentException(
          "a cohort read after "
              + cohort.ageMs()
              + " ms cannot be compared with one read after "
              + reference.ageMs()
              + " ms");
    }
    double recall = recallPValue(reference, cohort);
    double precision = precisionPValue(reference, cohort);
    return new PerformanceDrop(recall, precision, Math.min(recall, precision) < level / 2);
  }

  private static double recallPValue(CohortReading reference, CohortReading cohort) {
    int all = Math.toIntExact(reference.frauds() + cohort.frauds());
    int here = Math.toIntExact(cohort.frauds());
    if (here == 0 || all == here) {
      return 1;
    }
    // A cut tie is rounded in favour of no drop.
    int found = (int) Math.ceil(cohort.foundAtBudget());
    int foundAll = found + (int) Math.floor(reference.foundAtBudget());
    return new HypergeometricDistribution(null, all, foundAll, here).cumulativeProbability(found);
  }

  private static double precisionPValue(CohortReading reference, CohortReading cohort) {
    Double before = reference.averagePrecision();
    Double now = cohort.averagePrecision();
    if (before == null || now == null) {
      return 1;
    }
    double deviation =
        Math.sqrt(variance(before, reference.frauds()) + variance(now, cohort.frauds()));
    double z = (logit(now) - logit(before)) / deviation;
    return new NormalDistribution(null, 0, 1).cumulativeProbability(z);
  }

  private static double variance(double of, long frauds) {
    double kept = inside(of);
    return 1 / (frauds * kept * (1 - kept));
  }

  private static double logit(double of) {
    double kept = inside(of);
    return Math.log(kept / (1 - kept));
  }

  private static double inside(double of) {
    return Math.min(1 - EDGE, Math.max(EDGE, of));
  }
}
