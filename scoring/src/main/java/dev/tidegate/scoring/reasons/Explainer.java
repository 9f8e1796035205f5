package dev.tidegate.scoring.reasons;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * From a row to its reasons: what the features add to the margin, by reason code; of trees exact
 * Shapley values, of other models by ablation. A code counts if what it adds speaks for fraud. Ties
 * go by code, so that the same row has the same reasons each time. Thread safe.
 */
public final class Explainer implements AutoCloseable {
  private static final Comparator<Reason> HEAVIEST =
      Comparator.comparingDouble(Reason::logOdds)
          .reversed()
          .thenComparing(reason -> reason.code().code());

  private final Attribution attribution;
  private final List<String> names;
  private final List<ReasonCode> codes;
  private final int[] groups;
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
    this(new TreeAttribution(forest), names, table, most);
  }

  private Explainer(Attribution attribution, List<String> names, ReasonTable table, int most) {
    if (names.size() != attribution.width() || most < 1) {
      throw new IllegalArgumentException(
          names.size() + " names for " + attribution.width() + " features, at most " + most);
    }
    this.attribution = attribution;
    this.names = List.copyOf(names);
    List<ReasonCode> ofNames = names.stream().map(table::of).toList();
    this.codes = ofNames.stream().distinct().toList();
    this.groups = ofNames.stream().mapToInt(codes::indexOf).toArray();
    this.version = table.version();
    this.most = most;
  }

  /**
   * For the scores of any model. It is opened by the thread that first asks for reasons; no two
   * rows are explained at a time.
   *
   * @param models opens an instance
   * @param samples rows like those to come, one after the other
   * @param names of the values of a row in their order
   * @param most reasons a row
   */
  public static Explainer byAblation(
      Supplier<Model> models, float[] samples, List<String> names, ReasonTable table, int most) {
    return new Explainer(new Ablation(models, samples, names.size()), names, table, most);
  }

  /**
   * The reasons for a row's score.
   *
   * @throws IllegalArgumentException if the row has another width
   * @throws IllegalStateException if the model has no answer to the row
   */
  public Reasons explain(float[] row) {
    Attribution.Parts parts = attribution.of(row, groups, codes.size());
    List<Reason> reasons = new ArrayList<>();
    for (int group = 0; group < codes.size(); group++) {
      if (parts.byGroup(group) > 0) {
        int feature = parts.heaviest(group);
        reasons.add(
            new Reason(codes.get(group), names.get(feature), row[feature], parts.byGroup(group)));
      }
    }
    reasons.sort(HEAVIEST);
    return new Reasons(
        version,
        parts.expectedMargin(),
        parts.margin(),
        reasons.subList(0, Math.min(most, reasons.size())));
  }

  /** Closes a model that was opened; waits for a row that is being explained. */
  @Override
  public void close() {
    attribution.close();
  }
}
