package dev.tidegate.app.laundering;

import dev.tidegate.app.laundering.LaneFigures.PatternFigures;
import dev.tidegate.app.laundering.LaneFigures.TestFigures;
import dev.tidegate.app.laundering.LaneFigures.TypologyFigures;
import dev.tidegate.retrain.evaluate.RankingMetrics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judges the scores of a test's payments: all of them, by typology and by pattern. */
final class TestJudge {
  private final List<LabelledPayment> payments;
  private final double[] scores;
  private final RankingMetrics ranking;
  private final ScoreLevels levels;

  /**
   * A judge.
   *
   * @param payments of the test
   * @param scores of each, higher is more suspicious
   * @param threshold the validation's
   */
  TestJudge(List<LabelledPayment> payments, double[] scores, double threshold) {
    this.payments = payments;
    this.scores = scores;
    BitSet laundering = new BitSet();
    for (int i = 0; i < payments.size(); i++) {
      laundering.set(i, payments.get(i).laundering());
    }
    ranking = RankingMetrics.of(scores, laundering);
    levels = ScoreLevels.of(threshold, ranking);
  }

  /** Of all payments. */
  TestFigures figures() {
    RankingMetrics.Found found = ranking.atThreshold(levels.threshold());
    return new TestFigures(
        orZero(ranking.averagePrecision()),
        found.f1(),
        orZero(found.precision()),
        orZero(found.recall()),
        orZero(ranking.atThreshold(levels.fpr01()).recall()),
        orZero(ranking.atThreshold(levels.budget1()).recall()));
  }

  private static double orZero(@Nullable Double figure) {
    return figure == null ? 0 : figure;
  }

  /** Of each typology that the test has. */
  SortedMap<String, TypologyFigures> byTypology() {
    SortedMap<String, List<Integer>> rows = new TreeMap<>();
    for (int row : launderingRows()) {
      String typology = payments.get(row).typology();
      if (typology != null) {
        rows.computeIfAbsent(typology, unknown -> new ArrayList<>()).add(row);
      }
    }
    SortedMap<String, TypologyFigures> figures = new TreeMap<>();
    rows.forEach((typology, of) -> figures.put(typology, typology(of)));
    return figures;
  }

  private TypologyFigures typology(List<Integer> rows) {
    return new TypologyFigures(
        rows.size(),
        share(rows, levels.threshold()),
        share(rows, levels.fpr01()),
        share(rows, levels.budget1()),
        patterns(rows));
  }

  /** Of all patterns of the test; null if it names none. */
  @Nullable PatternFigures patterns() {
    return patterns(launderingRows());
  }

  private List<Integer> launderingRows() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < payments.size(); i++) {
      if (payments.get(i).laundering()) {
        rows.add(i);
      }
    }
    return rows;
  }

  private @Nullable PatternFigures patterns(List<Integer> rows) {
    SortedMap<String, List<Integer>> byPattern = new TreeMap<>();
    for (int row : rows) {
      String pattern = payments.get(row).pattern();
      if (pattern != null) {
        byPattern.computeIfAbsent(pattern, unknown -> new ArrayList<>()).add(row);
      }
    }
    if (byPattern.isEmpty()) {
      return null;
    }
    Collection<List<Integer>> all = byPattern.values();
    return new PatternFigures(
        all.size(),
        found(all, levels.threshold(), 0),
        found(all, levels.threshold(), 0.5),
        found(all, levels.budget1(), 0),
        found(all, levels.budget1(), 0.5));
  }

  /** Share of patterns of which something, and at least a share, is found. */
  private double found(Collection<List<Integer>> patterns, double level, double least) {
    long found =
        patterns.stream()
            .mapToDouble(rows -> share(rows, level))
            .filter(share -> share > 0 && share >= least)
            .count();
    return (double) found / patterns.size();
  }

  private double share(List<Integer> rows, double level) {
    long found = rows.stream().filter(row -> scores[row] >= level).count();
    return (double) found / rows.size();
  }
}
