package dev.tidegate.app.trainer;

import dev.tidegate.retrain.card.ModelCard;
import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.drift.ScoreBins;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.References;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How features and parts of payments were distributed in the rows that a model learned from. A part
 * of a payment has the name {@code payment.channel}; what no row has a value of has no reference.
 */
final class TrainingReference {
  private final List<String> names;
  private final List<FeatureReference> references;

  /**
   * Of rows.
   *
   * @param names of the features
   * @param reachMs how far back features look
   */
  TrainingReference(List<String> names, List<LoggedRow> rows, long reachMs) {
    this.names = names;
    references =
        References.of(
            names,
            new References.Rows() {
              @Override
              public int size() {
                return rows.size();
              }

              @Override
              public long timeMs(int row) {
                return rows.get(row).timeMs();
              }

              @Override
              public float value(int row, int feature) {
                return rows.get(row).row()[feature];
              }

              @Override
              public @Nullable String part(int row, PaymentPart part) {
                return rows.get(row).part(part);
              }
            },
            reachMs);
  }

  private static double[] values(List<LoggedRow> rows, int feature) {
    return rows.stream().mapToDouble(row -> row.row()[feature]).toArray();
  }

  /** One a feature, then one a part. */
  List<FeatureReference> references() {
    return List.copyOf(references);
  }

  /** What moved most in other rows, the most first. */
  List<ModelCard.FeatureDrift> drift(List<LoggedRow> rows, int most) {
    List<ModelCard.FeatureDrift> moved = new ArrayList<>();
    for (FeatureReference reference : references) {
      long[] actual = counts(reference, rows);
      CalibratedPsi.Reading reading =
          CalibratedPsi.defaults().compare(reference.histogram().total(), actual);
      moved.add(
          new ModelCard.FeatureDrift(
              reference.name(),
              reading.psi(),
              reading.threshold(),
              reference.nullRate(),
              (double) actual[actual.length - 1] / rows.size()));
    }
    moved.sort(
        Comparator.comparingDouble(ModelCard.FeatureDrift::psi)
            .reversed()
            .thenComparing(ModelCard.FeatureDrift::name));
    return List.copyOf(moved.subList(0, Math.min(most, moved.size())));
  }

  private long[] counts(FeatureReference reference, List<LoggedRow> rows) {
    ScoreBins bins = reference.bins();
    if (bins != null) {
      return bins.count(values(rows, names.indexOf(reference.name())));
    }
    long[] counts = new long[reference.histogram().cells()];
    PaymentPart part = PaymentPart.named(reference.name().substring(PaymentPart.PREFIX.length()));
    for (LoggedRow row : rows) {
      var cells = reference.categories();
      if (cells != null) {
        counts[cells.cell(row.part(part))]++;
      }
    }
    return counts;
  }
}
