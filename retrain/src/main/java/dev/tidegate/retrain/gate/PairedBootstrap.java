package dev.tidegate.retrain.gate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Differences between two models on the same rows with their uncertainty: each draw takes as many
 * customers as there are, with replacement, and gives both models the same ones. What both find or
 * miss alike then says nothing, which is why a paired interval is narrow where models agree.
 *
 * <p>O(draws x rows) time after two sorts. Seeded: the same rows and seed give the same intervals.
 */
final class PairedBootstrap {
  private final TrialRows rows;
  private final GateSettings settings;
  private final WeightedRanking champion;
  private final WeightedRanking challenger;
  private final Map<String, BitSet> segments = new LinkedHashMap<>();
  private final double[] gained;

  /**
   * For some rows.
   *
   * @param rows at least one fraud among them
   */
  PairedBootstrap(TrialRows rows, GateSettings settings) {
    this.rows = rows;
    this.settings = settings;
    champion = new WeightedRanking(rows.championScores(), rows.frauds());
    challenger = new WeightedRanking(rows.challengerScores(), rows.frauds());
    gained = challenger.looked(settings.alertBudgetPercent());
    double[] before = champion.looked(settings.alertBudgetPercent());
    for (int row = 0; row < gained.length; row++) {
      gained[row] -= before[row];
    }
    for (String segment : rows.segments()) {
      BitSet frauds = rows.fraudsOf(segment);
      if (frauds.cardinality() >= settings.segments().leastFrauds()) {
        segments.put(segment, frauds);
      }
    }
  }

  /**
   * What it found.
   *
   * @param champion the champion's figures on the rows as they are
   * @param challenger the challenger's
   * @param averagePrecision difference of average precision
   * @param recallAtBudget difference of recall at the alert budget
   * @param segments difference of recall at the alert budget (one budget over all rows) of each
   *     segment with enough frauds
   */
  record Found(
      WeightedRanking.Figures champion,
      WeightedRanking.Figures challenger,
      Interval averagePrecision,
      Interval recallAtBudget,
      Map<String, Interval> segments) {}

  Found run() {
    int draws = settings.bootstrap().draws();
    double[] precision = new double[draws];
    double[] recall = new double[draws];
    Map<String, double[]> bySegment = new LinkedHashMap<>();
    segments.keySet().forEach(segment -> bySegment.put(segment, new double[draws]));
    SplittableRandom random = new SplittableRandom(settings.bootstrap().seed());
    int[] weights = new int[rows.rows()];
    for (int draw = 0; draw < draws; draw++) {
      weigh(weights, random);
      WeightedRanking.Figures before = champion.of(weights, settings.alertBudgetPercent());
      WeightedRanking.Figures after = challenger.of(weights, settings.alertBudgetPercent());
      precision[draw] = after.averagePrecision() - before.averagePrecision();
      recall[draw] = after.recallAtBudget() - before.recallAtBudget();
      int at = draw;
      segments.forEach(
          (segment, frauds) ->
              bySegment.getOrDefault(segment, new double[draws])[at] = gain(frauds, weights));
    }
    return found(precision, recall, bySegment);
  }

  private Found found(double[] precision, double[] recall, Map<String, double[]> bySegment) {
    int[] once = new int[rows.rows()];
    Arrays.fill(once, 1);
    WeightedRanking.Figures before = champion.of(once, settings.alertBudgetPercent());
    WeightedRanking.Figures after = challenger.of(once, settings.alertBudgetPercent());
    double level = settings.bootstrap().level();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    segments.forEach(
        (segment, frauds) ->
            intervals.put(
                segment,
                Interval.of(
                    gain(frauds, once), bySegment.getOrDefault(segment, new double[0]), level)));
    return new Found(
        before,
        after,
        Interval.of(after.averagePrecision() - before.averagePrecision(), precision, level),
        Interval.of(after.recallAtBudget() - before.recallAtBudget(), recall, level),
        intervals);
  }

  /** Draws customers; a row counts as often as its customer was drawn. */
  private void weigh(int[] weights, SplittableRandom random) {
    int units = rows.numberOfUnits();
    int[] drawn = new int[units];
    for (int i = 0; i < units; i++) {
      drawn[random.nextInt(units)]++;
    }
    for (int row = 0; row < weights.length; row++) {
      weights[row] = drawn[rows.unit(row)];
    }
  }

  /** Share of a segment's frauds that the challenger finds more; negative if fewer. */
  private double gain(BitSet frauds, int[] weights) {
    double sum = 0;
    long all = 0;
    for (int row = frauds.nextSetBit(0); row >= 0; row = frauds.nextSetBit(row + 1)) {
      sum += weights[row] * gained[row];
      all += weights[row];
    }
    return all == 0 ? Double.NaN : sum / all;
  }
}
