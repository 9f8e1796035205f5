package dev.tidegate.scoring.reasons;

import dev.tidegate.scoring.forest.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From a row to its reasons: Shapley values of the features, added up by reason code. A code counts
 * if its sum speaks for fraud. Ties go by code, so that the same row has the same reasons each
 * time. Thread safe.
 */
public final class Explainer {
  private static final Comparator<Reason> HEAVIEST =
      Comparator.comparingDouble(Reason::logOdds)
          .reversed()
          .thenComparing(reason -> reason.code().code());

  private final TreeShap shap;
  private final List<String> names;
  private final List<ReasonCode> codes;
  private final String version;
  private final int most;

  /**
   * For the scores of a forest.
   *
   * @param names of its features in their order
   * @param most reasons a row
   * @throws IllegalArgumentException if the names are not as many as the forest's features
   */
  public Explainer(Forest forest, List<String> names, ReasonTable table, int most) {
    if (names.size() != forest.features() || most < 1) {
      throw new IllegalArgumentException(
          names.size() + " names for " + forest.features() + " features, at most " + most);
    }
    this.shap = new TreeShap(forest);
    this.names = List.copyOf(names);
    this.codes = names.stream().map(table::of).toList();
    this.version = table.version();
    this.most = most;
  }

  /**
   * The reasons for a row's score.
   *
   * @throws IllegalArgumentException if the row has another width
   */
  public Reasons explain(float[] row) {
    double[] added = shap.contributions(row);
    Map<ReasonCode, Double> sums = new HashMap<>();
    Map<ReasonCode, Integer> heaviest = new HashMap<>();
    for (int i = 0; i < added.length; i++) {
      sums.merge(codes.get(i), added[i], Double::sum);
      heaviest.merge(codes.get(i), i, (one, other) -> added[other] > added[one] ? other : one);
    }
    List<Reason> reasons = new ArrayList<>();
    heaviest.forEach(
        (code, feature) ->
            reasons.add(
                new Reason(code, names.get(feature), row[feature], sums.getOrDefault(code, 0.0))));
    reasons.removeIf(reason -> !(reason.logOdds() > 0));
    reasons.sort(HEAVIEST);
    return new Reasons(
        version,
        shap.expectedMargin(),
        shap.expectedMargin() + Arrays.stream(added).sum(),
        reasons.subList(0, Math.min(most, reasons.size())));
  }
}
