package dev.tidegate.app.trainer;

import dev.tidegate.retrain.card.ModelCard;
import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.drift.ScoreBins;
import dev.tidegate.retrain.stability.FeatureReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How features and parts of payments were distributed in the rows that a model learned from. A part
 * of a payment has the name {@code payment.channel}; what no row has a value of has no reference.
 */
final class TrainingReference {
  private static final String PAYMENT = "payment.";
  private static final int MOST_CATEGORIES = 40;

  private final List<String> names;
  private final List<FeatureReference> references = new ArrayList<>();

  /**
   * Of rows.
   *
   * @param names of the features
   */
  TrainingReference(List<String> names, List<LoggedRow> rows) {
    this.names = names;
    long[] times = rows.stream().mapToLong(LoggedRow::timeMs).toArray();
    for (int feature = 0; feature < names.size(); feature++) {
      double[] values = values(rows, feature);
      if (hasNumber(values)) {
        references.add(FeatureReference.numeric(names.get(feature), values, times));
      }
    }
    for (PaymentPart part : PaymentPart.values()) {
      List<@Nullable String> values = words(rows, part);
      if (values.stream().anyMatch(value -> value != null)) {
        references.add(
            FeatureReference.categorical(PAYMENT + part.field(), values, times, MOST_CATEGORIES));
      }
    }
  }

  private static List<@Nullable String> words(List<LoggedRow> rows, PaymentPart part) {
    List<@Nullable String> words = new ArrayList<>();
    for (LoggedRow row : rows) {
      words.add(row.part(part));
    }
    return words;
  }

  private static double[] values(List<LoggedRow> rows, int feature) {
    return rows.stream().mapToDouble(row -> row.row()[feature]).toArray();
  }

  private static boolean hasNumber(double[] values) {
    for (double value : values) {
      if (!Double.isNaN(value)) {
        return true;
      }
    }
    return false;
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
    PaymentPart part = PaymentPart.named(reference.name().substring(PAYMENT.length()));
    for (LoggedRow row : rows) {
      var cells = reference.categories();
      if (cells != null) {
        counts[cells.cell(row.part(part))]++;
      }
    }
    return counts;
  }
}
