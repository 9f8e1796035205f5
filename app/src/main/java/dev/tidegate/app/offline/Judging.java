package dev.tidegate.app.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.app.Refused;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.evaluate.Evaluator;
import dev.tidegate.retrain.evaluate.KnownFraud;
import dev.tidegate.retrain.evaluate.ScoredRows;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.RowLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures a release on a file with labels. */
public final class Judging {
  private static final int BATCH = 1_024;

  private Judging() {}

  /**
   * Figures of a release.
   *
   * @param release its name
   * @param evaluation the figures
   * @param excluded rows left out because their customer was known; 0 unless asked for
   */
  public record Outcome(String release, Evaluation evaluation, long excluded) {
    /** One JSON object. */
    public String json() throws JsonProcessingException {
      JsonMapper mapper = new JsonMapper();
      ObjectNode node = mapper.createObjectNode().put("release", release);
      node.setAll((ObjectNode) mapper.valueToTree(evaluation));
      node.put("excludedKnown", excluded);
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /** A table for people. */
    public String text() {
      Evaluation e = evaluation;
      StringBuilder text = new StringBuilder();
      line(text, "release", release);
      line(text, "payments", Figures.count(e.rows()) + ", " + Figures.count(e.frauds()) + " fraud");
      if (excluded > 0) {
        line(text, "left out", Figures.count(excluded) + " of customers known by then");
      }
      line(text, "PR-AUC", number(e.prAuc()));
      line(text, "ROC-AUC", number(e.rocAuc()));
      if (e.cardPrecisionAt100() != null) {
        line(text, "card precision at 100", number(e.cardPrecisionAt100()));
      }
      line(
          text,
          "at budget " + e.alertBudgetPercent() + " %",
          "recall " + number(e.recallAtBudget()) + ", precision " + number(e.precisionAtBudget()));
      line(
          text,
          String.format(Locale.ROOT, "at threshold %.4f", e.threshold()),
          "recall "
              + number(e.recallAtThreshold())
              + ", precision "
              + number(e.precisionAtThreshold()));
      for (Map.Entry<String, Evaluation.Kind> kind : e.byKind().entrySet()) {
        Evaluation.Kind of = kind.getValue();
        line(
            text,
            "kind " + kind.getKey(),
            Figures.count(of.frauds())
                + " payments, recall at budget "
                + number(of.recallAtBudget())
                + ", PR-AUC "
                + number(of.prAuc()));
      }
      return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
      text.append(String.format(Locale.ROOT, "  %-26s %s%n", name, value));
    }

    private static String number(@Nullable Double value) {
      return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
  }

  /**
   * Measures.
   *
   * @throws Refused if the release or the file cannot be used, or no labelled row lies in the range
   */
  public static Outcome run(EvaluationRequest request, Terminal terminal) throws Exception {
    ChosenRelease chosen = Releases.load(request.model());
    LoadedRelease release = chosen.release();
    LabelledFile source = request.source();
    try (FeatureRows rows = FeatureRows.of(source, chosen.catalogue(), null, terminal);
        Model model = release.openModel()) {
      TimeRange range =
          TimeRange.within(source.since(), source.until(), rows.firstMs(), rows.lastMs());
      KnownFraud known = request.excludeKnown() ? known(release.manifest(), rows) : null;
      warnOfStrangeKnown(request, release.manifest(), range, terminal);
      Scoring scoring = new Scoring(model, release.manifest().layout(), known, range);
      terminal.begin("scoring", 0);
      rows.each(scoring::row);
      scoring.flush();
      terminal.at(scoring.scored.rows());
      terminal.end();
      if (scoring.scored.rows() == 0) {
        throw new Refused("no labelled payment lies in " + range.since() + " to " + range.until());
      }
      Double budget = request.alertBudgetPercent();
      Evaluator evaluator =
          new Evaluator(
              budget == null ? release.manifest().alertBudgetPercent() : budget,
              release.manifest().threshold());
      return new Outcome(
          release.manifest().release(), evaluator.evaluate(scoring.scored), scoring.excluded);
    }
  }

  /** Known frauds count from the start of training: one after the judged rows knows of none. */
  private static void warnOfStrangeKnown(
      EvaluationRequest request, Manifest manifest, TimeRange range, Terminal terminal) {
    String since = manifest.training().since();
    if (request.excludeKnown() && since != null && !Instant.parse(since).isBefore(range.since())) {
      terminal.say(
          "  warning: --exclude-known leaves nobody out: release "
              + manifest.release()
              + " was trained on payments from "
              + since
              + ", not before the judged ones");
    }
  }

  private static KnownFraud known(Manifest manifest, FeatureRows rows) throws Exception {
    Manifest.Training training = manifest.training();
    String since = training.since();
    KnownFraud known =
        new KnownFraud(
            since == null ? Long.MIN_VALUE : Instant.parse(since).toEpochMilli(),
            Duration.parse(training.labelDelay()));
    rows.each(
        (vector, values, fraud, kind) -> {
          if (fraud) {
            Transaction payment = vector.getTransaction();
            known.add(Customers.of(payment), payment.getEventTimeMs());
          }
        });
    return known;
  }

  /** Scores the rows of a range in batches. */
  private static final class Scoring {
    final ScoredRows scored = new ScoredRows();
    long excluded;

    private final Model model;
    private final RowLayout layout;
    private final @Nullable KnownFraud known;
    private final TimeRange range;
    private final float[] matrix;
    private final float[] scores = new float[BATCH];
    private final Pending[] pending = new Pending[BATCH];
    private int count;

    Scoring(Model model, RowLayout layout, @Nullable KnownFraud known, TimeRange range) {
      this.model = model;
      this.layout = layout;
      this.known = known;
      this.range = range;
      this.matrix = new float[BATCH * model.width()];
    }

    /** What waits for its score. */
    private record Pending(
        long eventTimeMs, boolean fraud, @Nullable String cardHolder, @Nullable String kind) {}

    void row(FeatureVector vector, float[] values, boolean fraud, @Nullable String kind) {
      Transaction payment = vector.getTransaction();
      if (!range.contains(payment.getEventTimeMs())) {
        return;
      }
      if (known != null && known.known(Customers.of(payment), payment.getEventTimeMs())) {
        excluded++;
        return;
      }
      if (!layout.place(vector, matrix, count * layout.width())) {
        throw new IllegalStateException(
            payment.getTransactionId() + " has other features or sequences than the release");
      }
      pending[count++] =
          new Pending(payment.getEventTimeMs(), fraud, Customers.cardHolder(payment), kind);
      if (count == BATCH) {
        flush();
      }
    }

    void flush() {
      model.score(matrix, count, scores);
      for (int i = 0; i < count; i++) {
        Pending row = pending[i];
        scored.add(row.eventTimeMs, scores[i], row.fraud, row.cardHolder, row.kind);
      }
      count = 0;
    }
  }
}
