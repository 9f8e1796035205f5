package dev.tidegate.benchmarks.handbook;

import dev.tidegate.app.offline.Customers;
import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.retrain.evaluate.KnownFraud;
import dev.tidegate.retrain.evaluate.ScoredRows;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that some split uses, in memory with all their features, and every fraud of the file.
 * Immutable after {@link #read}; thread safe.
 */
public final class SplitRows {
  private final List<Row> rows = new ArrayList<>();
  private final List<Fraud> frauds = new ArrayList<>();

  private SplitRows() {}

  /** A payment with what it turned out to be. */
  private static final class Row {
    private final Payment payment;
    private final float[] vector;
    private final boolean fraud;
    private final @Nullable String kind;

    Row(Payment payment, float[] vector, boolean fraud, @Nullable String kind) {
      this.payment = payment;
      this.vector = vector;
      this.fraud = fraud;
      this.kind = kind;
    }
  }

  /** Whose payment, and when. */
  private record Payment(String id, long timeMs, String customer, @Nullable String cardHolder) {
    static Payment of(Transaction payment) {
      return new Payment(
          payment.getTransactionId(),
          payment.getEventTimeMs(),
          Customers.of(payment),
          Customers.cardHolder(payment));
    }
  }

  private record Fraud(String customer, long timeMs) {}

  /** Keeps what the splits use. */
  public static SplitRows read(FeatureRows all, List<Split> splits) throws IOException {
    SplitRows kept = new SplitRows();
    all.each(
        (vector, values, fraud, kind) -> {
          Payment payment = Payment.of(vector.getTransaction());
          if (fraud) {
            kept.frauds.add(new Fraud(payment.customer, payment.timeMs));
          }
          if (splits.stream().anyMatch(split -> split.uses(payment.timeMs))) {
            kept.rows.add(new Row(payment, values, fraud, kind));
          }
        });
    return kept;
  }

  /** Number of rows kept. */
  public int size() {
    return rows.size();
  }

  /** The rows that train: those of the split's window, whose labels were known by then. */
  public TrainingSet train(Split split, Columns columns) {
    TrainingWindow window = split.window();
    TrainingSet.Builder set = TrainingSet.builder(columns.features());
    float[] vector = new float[columns.size()];
    for (Row row : rows) {
      if (window.trains(row.payment.timeMs)) {
        columns.copy(row.vector, vector, 0);
        set.add(row.payment.id, row.payment.timeMs, vector, row.fraud);
      }
    }
    return set.build();
  }

  /**
   * The rows that are judged, scored: those of the split's test whose customer was not known by
   * then.
   */
  public Judged judge(Split split, Columns columns, Model model) {
    KnownFraud known = new KnownFraud(split.train().since().toEpochMilli(), Split.LABEL_DELAY);
    frauds.forEach(fraud -> known.add(fraud.customer, fraud.timeMs));
    List<Row> judged = new ArrayList<>();
    long excluded = 0;
    for (Row row : rows) {
      if (split.test().contains(row.payment.timeMs)) {
        if (known.known(row.payment.customer, row.payment.timeMs)) {
          excluded++;
        } else {
          judged.add(row);
        }
      }
    }
    return new Judged(scored(judged, columns, model), excluded);
  }

  /**
   * Scored rows of a test.
   *
   * @param rows with their scores
   * @param excluded rows left out because their customer was known
   */
  public record Judged(ScoredRows rows, long excluded) {}

  private static ScoredRows scored(List<Row> rows, Columns columns, Model model) {
    float[] matrix = new float[rows.size() * columns.size()];
    for (int i = 0; i < rows.size(); i++) {
      columns.copy(rows.get(i).vector, matrix, i * columns.size());
    }
    float[] scores = model.score(matrix);
    ScoredRows scored = new ScoredRows();
    for (int i = 0; i < scores.length; i++) {
      Row row = rows.get(i);
      scored.add(row.payment.timeMs, scores[i], row.fraud, row.payment.cardHolder, row.kind);
    }
    return scored;
  }
}
