package dev.tidegate.app.laundering;

import dev.tidegate.app.laundering.SignalRows.Columns;
import dev.tidegate.retrain.train.TrainedForest;
import dev.tidegate.retrain.train.TrainingSet;
import java.util.List;
import java.util.Set;

/**
 * Payments with their columns, split in time.
 *
 * @param set the payments
 * @param rows their columns
 * @param split where the validation and the test begin
 */
record JudgedRows(LaunderingSet set, SignalRows rows, TimeSplit split) {
  private static final int WIDTH_OF_ID = 9;

  /** What may be learned from: all before the test. */
  TrainingSet known(Set<Columns> columns) {
    TrainingSet.Builder builder = TrainingSet.builder(rows.names(columns));
    for (int i = 0; i < split.testFrom(); i++) {
      LabelledPayment payment = set.payments().get(i);
      builder.add(placeAsId(i), payment.timeMs(), rows.row(i, columns), payment.laundering());
    }
    return builder.build();
  }

  /** Ids that sort as the places do. */
  private static String placeAsId(int place) {
    String digits = Integer.toString(place);
    return "0".repeat(WIDTH_OF_ID + 1 - digits.length()) + digits;
  }

  /** Payments that a forest's search was stopped by and did not learn from. */
  List<LabelledPayment> validation(TrainedForest forest) {
    return set.payments().subList(forest.validationFrom(), split.testFrom());
  }

  /** Payments that are judged. */
  List<LabelledPayment> test() {
    return set.payments().subList(split.testFrom(), set.payments().size());
  }

  /** Scores of the payments that are judged. */
  double[] scores(Set<Columns> columns, TrainedForest forest) {
    int width = rows.names(columns).size();
    int count = set.payments().size() - split.testFrom();
    float[] matrix = new float[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows.row(split.testFrom() + i, columns), 0, matrix, i * width, width);
    }
    float[] found = forest.trainedScores(matrix);
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = found[i];
    }
    return scores;
  }
}
