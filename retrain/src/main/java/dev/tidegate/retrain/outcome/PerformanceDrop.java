package dev.tidegate.retrain.outcome;

import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a cohort did worse than a reference cohort of the same age.
 *
 * <p>Recall at the budget by Fisher's exact test, one-sided. PR-AUC by its logit interval (Boyd,
 * Eng, Page, ECML 2013): logit(AP) has about variance 1 / (frauds x AP x (1 - AP)), of which AP is
 * the reference's on both sides, as it is if nothing has changed. Each gets half of the level, so
 * that a cohort no worse than the reference is called with at most the whole. PR-AUC also falls
 * when fraud becomes rarer; recall at the budget then rises. Frauds are taken as independent:
 * series by one fraudster make both tests bolder than they should be.
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
    return pValue(all, foundAll, here, found);
  }

  private static double precisionPValue(CohortReading reference, CohortReading cohort) {
    Double before = reference.averagePrecision();
    Double now = cohort.averagePrecision();
    if (before == null || now == null) {
      return 1;
    }
    double was = inside(before, reference.frauds());
    double deviation = deviation(was, reference.frauds(), cohort.frauds());
    double z = (logit(now) - logit(was)) / deviation;
    return new NormalDistribution(null, 0, 1).cumulativeProbability(z);
  }

  /** Standard deviation of the difference of logits, both being of the same value. */
  private static double deviation(double of, long frauds, long others) {
    return Math.sqrt(variance(of, frauds) + variance(of, others));
  }

  /**
   * The PR-AUC below which a cohort of so many frauds is called at a level.
   *
   * @return 0 where none is low enough
   */
  public static double precisionBound(CohortReading reference, long frauds, double level) {
    Double before = reference.averagePrecision();
    if (before == null || frauds == 0) {
      return 0;
    }
    double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(level);
    double was = inside(before, reference.frauds());
    double logit = logit(was) + z * deviation(was, reference.frauds(), frauds);
    return 1 / (1 + Math.exp(-logit));
  }

  /**
   * The recall at the budget below which a cohort of so many frauds is called at a level.
   *
   * @return 0 where none is low enough
   */
  public static double recallBound(CohortReading reference, long frauds, double level) {
    int here = Math.toIntExact(frauds);
    int before = Math.toIntExact(reference.frauds());
    int foundBefore = (int) Math.floor(reference.foundAtBudget());
    int found = 0;
    while (found <= here && pValue(before + here, foundBefore + found, here, found) < level) {
      found++;
    }
    return here == 0 ? 0 : (double) found / here;
  }

  private static double pValue(int all, int foundAll, int here, int found) {
    return new HypergeometricDistribution(null, all, foundAll, here).cumulativeProbability(found);
  }

  private static double variance(double of, long frauds) {
    return 1 / (frauds * of * (1 - of));
  }

  /** Half a fraud from either end: a reference without an error says nothing of its spread. */
  private static double inside(double of, long frauds) {
    double edge = 0.5 / frauds;
    return Math.min(1 - edge, Math.max(edge, of));
  }

  private static double logit(double of) {
    double kept = Math.min(1 - EDGE, Math.max(EDGE, of));
    return Math.log(kept / (1 - kept));
  }
}
