package dev.tidegate.app.trainer;

import dev.tidegate.app.offline.OffsetBounds;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.gate.TrialRows;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two releases on the same logged payments of a time that neither learned from or was judged on.
 * Both score the vectors that were served; what payments turned out to be is what was known at the
 * end.
 */
public final class OutOfTime {
  private final String kafka;
  private final SchemaRegistry registry;

  /** On the topics of a platform. */
  public OutOfTime(String kafka, SchemaRegistry registry) {
    this.kafka = kafka;
    this.registry = registry;
  }

  /**
   * Which payments count.
   *
   * @param fromMs first event time
   * @param untilMs event time before which the last lies: younger ones have no outcome yet
   * @param knownMs labels known at or before it count
   */
  public record Range(long fromMs, long untilMs, long knownMs) {}

  /**
   * One release's figures.
   *
   * @param recall share of all frauds within the alert budget
   * @param kindRecall share of one kind's frauds within the same alerts; NaN where there are none
   * @param prAuc average precision; NaN without frauds
   */
  public record Figures(double recall, double kindRecall, double prAuc) {}

  /**
   * Both releases.
   *
   * @param payments that were compared
   * @param frauds of them
   * @param kindFrauds of them of the kind
   * @param before the older release
   * @param after the newer one
   */
  public record Found(long payments, long frauds, long kindFrauds, Figures before, Figures after) {}

  /**
   * Compares.
   *
   * @param kind of fraud to look at, as labels name it
   * @param budgetPercent percent of the payments that analysts can look at, for both releases
   */
  public Found compare(
      ChosenRelease before, ChosenRelease after, Range range, String kind, double budgetPercent) {
    KnownLabels labels = new KnownLabels(range.knownMs());
    EventCodec<Label> known = EventCodec.of(Topics.LABELS, Label.class, registry);
    new TopicSlice(kafka, Topics.LABELS)
        .each(OffsetBounds.of(Topics.LABELS, Map.of()), value -> labels.add(known.decode(value)));
    RowLayout layout = after.release().manifest().layout();
    TrialRows rows = new TrialRows();
    try (Model older = before.release().openModel();
        Model newer = after.release().openModel()) {
      LoggedRows logged =
          new LoggedRows(
              after.release().manifest().featureDigest(),
              range.untilMs(),
              layout,
              older,
              before.release().manifest().layout());
      vectors(range, logged);
      fill(rows, logged.sorted(), labels, newer);
    }
    String segment = "kind=" + kind;
    return new Found(
        rows.rows(),
        rows.numberOfFrauds(),
        rows.segments().contains(segment) ? rows.numberOfFraudsOf(segment) : 0,
        figures(rows, rows.championScores(), segment, budgetPercent),
        figures(rows, rows.challengerScores(), segment, budgetPercent));
  }

  private void vectors(Range range, LoggedRows logged) {
    EventCodec<FeatureVector> codec = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    new TopicSlice(kafka, Topics.FEATURES)
        .each(
            OffsetBounds.of(Topics.FEATURES, Map.of()),
            value -> {
              FeatureVector vector = codec.decode(value);
              if (vector.getTransaction().getEventTimeMs() >= range.fromMs()) {
                logged.add(vector);
              }
            });
  }

  private static void fill(
      TrialRows rows, List<LoggedRow> logged, KnownLabels labels, Model newer) {
    float[] score = new float[1];
    for (LoggedRow row : logged) {
      newer.score(row.row(), 1, score);
      List<String> segments = new ArrayList<>();
      String kind = labels.kind(row.id());
      if (kind != null) {
        segments.add("kind=" + kind);
      }
      rows.add(
          row.championScore(),
          score[0],
          new TrialRows.Facts(labels.fraud(row.id()), row.customer(), null, segments));
    }
  }

  private static Figures figures(
      TrialRows rows, double[] scores, String segment, double budgetPercent) {
    RankingMetrics ranking = RankingMetrics.of(scores, rows.frauds());
    return new Figures(
        known(ranking.atBudget(budgetPercent).recall()),
        rows.segments().contains(segment)
            ? rows.recallOf(segment, scores, budgetPercent)
            : Double.NaN,
        known(ranking.averagePrecision()));
  }

  private static double known(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
