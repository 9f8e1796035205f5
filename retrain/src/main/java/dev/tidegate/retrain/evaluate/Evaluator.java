package dev.tidegate.retrain.evaluate;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Scored rows to an {@link Evaluation}. Stateless; O(n log n) a kind of fraud. */
public final class Evaluator {
  private static final int CARDS_A_DAY = 100;

  // configuration
  private final double alertBudgetPercent;
  private final double threshold;

  /**
   * An evaluator.
   *
   * @param alertBudgetPercent percent of rows an analyst looks at, (0, 100]
   * @param threshold score from which the release alerts
   */
  public Evaluator(double alertBudgetPercent, double threshold) {
    if (!(alertBudgetPercent > 0 && alertBudgetPercent <= 100)) {
      throw new IllegalArgumentException(
          "an alert budget is a percentage above 0 and at most 100, not " + alertBudgetPercent);
    }
    this.alertBudgetPercent = alertBudgetPercent;
    this.threshold = threshold;
  }

  /** Judges the rows. */
  public Evaluation evaluate(ScoredRows rows) {
    RankingMetrics ranking = RankingMetrics.of(rows.scores(), rows.frauds());
    RankingMetrics.Found budget = ranking.atBudget(alertBudgetPercent);
    RankingMetrics.Found alerted = ranking.atThreshold(threshold);
    return new Evaluation(
        ranking.rows(),
        ranking.frauds(),
        ranking.averagePrecision(),
        ranking.rocAuc(),
        CardPrecision.meanAtTop(rows, CARDS_A_DAY),
        alertBudgetPercent,
        budget.recall(),
        budget.precision(),
        threshold,
        alerted.recall(),
        alerted.precision(),
        byKind(rows));
  }

  private SortedMap<String, Evaluation.Kind> byKind(ScoredRows rows) {
    SortedMap<String, Evaluation.Kind> figures = new TreeMap<>();
    for (String kind : kinds(rows)) {
      figures.put(kind, kind(rows, kind));
    }
    return figures;
  }

  private Evaluation.Kind kind(ScoredRows rows, String kind) {
    BitSet ofKind = new BitSet(rows.rows());
    BitSet fraudAmongAlone = new BitSet();
    DoubleArrayList alone = new DoubleArrayList();
    for (int i = 0; i < rows.rows(); i++) {
      boolean here = rows.fraud(i) && kind.equals(rows.kind(i));
      ofKind.set(i, here);
      if (here || !rows.fraud(i)) {
        fraudAmongAlone.set(alone.size(), here);
        alone.add(rows.score(i));
      }
    }
    RankingMetrics amongAll = RankingMetrics.of(rows.scores(), ofKind);
    return new Evaluation.Kind(
        amongAll.frauds(),
        amongAll.atBudget(alertBudgetPercent).recall(),
        amongAll.atThreshold(threshold).recall(),
        RankingMetrics.of(alone.toDoubleArray(), fraudAmongAlone).averagePrecision());
  }

  private static SortedSet<String> kinds(ScoredRows rows) {
    SortedSet<String> kinds = new TreeSet<>();
    for (int i = 0; i < rows.rows(); i++) {
      String kind = rows.kind(i);
      if (rows.fraud(i) && kind != null) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
