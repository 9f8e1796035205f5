package dev.tidegate.app.trainer;

import dev.tidegate.retrain.card.ModelCard;
import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.evaluate.Evaluator;
import dev.tidegate.retrain.evaluate.ScoredRows;
import dev.tidegate.retrain.gate.TrialRows;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model card of a challenger that passed. */
final class CardMaker {
  private static final int MOST_MOVED = 12;
  private static final List<String> LIMITS =
      List.of(
          "It was judged on payments that were decided by its champion: of what was declined the"
              + " outcome is known only where somebody reported it.",
          "It has not learned from the window it was judged on: a pattern that is new there is not"
              + " in it.",
          "Labels are as people reported them by the cut. Fraud that nobody reported counts as"
              + " legitimate, in training and in judging.",
          "Segments with few frauds were not judged by the gates.",
          "Fairness is compared for configured groups alone, and says nothing of others.",
          "It takes the features of its digest and no others, and its threshold was chosen for its"
              + " alert budget.");

  private final RetrainRequest request;
  private final Manifest champion;
  private final Manifest challenger;
  private final TrialSplit split;
  private final KnownLabels labels;

  CardMaker(
      RetrainRequest request,
      Manifest champion,
      Manifest challenger,
      TrialSplit split,
      KnownLabels labels) {
    this.request = request;
    this.champion = champion;
    this.challenger = challenger;
    this.split = split;
    this.labels = labels;
  }

  ModelCard card(Trial.Judged judged, TrainingReference reference, Map<String, Long> left) {
    TrialRows rows = judged.rows();
    return new ModelCard(
        new ModelCard.Release(
            challenger.release(),
            challenger.model(),
            challenger.modelSha256(),
            challenger.featureDigest(),
            challenger.threshold(),
            challenger.alertBudgetPercent(),
            challenger.metrics()),
        "Scores payments by the probability that they are fraud, beside rules and before people;"
            + " made to follow "
            + champion.release()
            + ".",
        origin(),
        data(left),
        performance(judged.rows()),
        new ModelCard.Drift(judged.scorePsi(), reference.drift(split.window(), MOST_MOVED)),
        judged.fairness(),
        judged.verdict(),
        limits(rows));
  }

  private Map<String, String> origin() {
    Map<String, String> origin = new TreeMap<>();
    origin.put("request", request.getRequestId());
    origin.put("cause", request.getCause());
    origin.put("requested by", request.getRequestedBy());
    origin.put("requested at", Instant.ofEpochMilli(request.getRequestedAtMs()).toString());
    origin.put("champion then", request.getRelease());
    origin.put("seed", Long.toString(challenger.training().seed()));
    if (!request.getMonitor().isEmpty()) {
      origin.put("monitor", request.getMonitor());
      origin.put("statistic", Double.toString(request.getStatistic()));
      origin.put("threshold of the monitor", Double.toString(request.getThreshold()));
    }
    return origin;
  }

  private ModelCard.Material data(Map<String, Long> left) {
    Manifest.Training training = challenger.training();
    return new ModelCard.Material(
        rows(split.head()),
        rows(split.window()),
        String.valueOf(training.asOf()),
        training.labelDelay(),
        left);
  }

  private ModelCard.Rows rows(List<LoggedRow> rows) {
    return new ModelCard.Rows(
        Instant.ofEpochMilli(rows.get(0).timeMs()).toString(),
        Instant.ofEpochMilli(rows.get(rows.size() - 1).timeMs() + 1).toString(),
        rows.size(),
        rows.stream().filter(row -> labels.fraud(row.id())).count());
  }

  private ModelCard.Performance performance(TrialRows rows) {
    double budget = challenger.alertBudgetPercent();
    double[] before = rows.championScores();
    double[] after = rows.challengerScores();
    List<ModelCard.Segment> segments = new ArrayList<>();
    for (String name : rows.segments()) {
      segments.add(
          new ModelCard.Segment(
              name,
              rows.rowsOf(name),
              rows.numberOfFraudsOf(name),
              rows.recallOf(name, before, budget),
              rows.recallOf(name, after, budget)));
    }
    return new ModelCard.Performance(
        evaluation(before, champion.threshold()),
        evaluation(after, challenger.threshold()),
        segments);
  }

  private Evaluation evaluation(double[] scores, double threshold) {
    ScoredRows rows = new ScoredRows();
    for (int i = 0; i < scores.length; i++) {
      LoggedRow row = split.window().get(i);
      rows.add(
          row.timeMs(), scores[i], labels.fraud(row.id()), row.customer(), labels.kind(row.id()));
    }
    return new Evaluator(challenger.alertBudgetPercent(), threshold).evaluate(rows);
  }

  private List<String> limits(TrialRows rows) {
    List<String> limits = new ArrayList<>(LIMITS);
    String learnedUntil = champion.training().until();
    if (learnedUntil != null && Instant.parse(learnedUntil).toEpochMilli() > split.windowMs()) {
      limits.add(
          "The champion learned from payments up to "
              + learnedUntil
              + ", some of the window among them: it stood in its favour.");
    }
    if (rows.segments().isEmpty()) {
      limits.add("Payments name no segments that it could be judged by.");
    }
    return limits;
  }
}
