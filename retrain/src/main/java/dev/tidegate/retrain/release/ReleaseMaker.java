package dev.tidegate.retrain.release;

import dev.tidegate.retrain.drift.ScoreBins;
import dev.tidegate.retrain.drift.ScoreReference;
import dev.tidegate.retrain.evaluate.Calibration;
import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.scoring.decide.SegmentBands;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.Sha256;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained model to a release. The threshold, the metrics and the reference scores come from the
 * validation tail as a model scored it that had not seen it. The golden scores come from the
 * backend on the model file itself, after {@link Parity} has held the file against the model that
 * was trained. The same training set and spec give the same bytes.
 */
public final class ReleaseMaker {
  /** Alerts that a channel must have at its budget for a threshold of its own. */
  private static final int FEWEST_ALERTS = 20;

  private ReleaseMaker() {}

  /**
   * Makes a release from what a training run used and gave.
   *
   * @param set rows as the model takes them
   * @throws NotPublishable if the model file does not score as the trained model does, or a feature
   *     has the score's name in the release's references
   */
  public static MadeRelease make(
      ReleaseSpec spec, TrainingWindow window, TrainingSet set, TrainedModel trained) {
    if (set.featureNames().contains(ScoreReference.NAME)) {
      throw new NotPublishable(
          "a feature is named "
              + ScoreReference.NAME
              + ", as the score itself is in a release's references; give it another name");
    }
    byte[] bytes = trained.modelBytes();
    try (Model served = ReleaseStore.open(trained.modelFile(), bytes, set.width())) {
      Parity parity = Parity.of(trained, served, set);
      return new MadeRelease(
          manifest(spec, window, set, trained, new Served(served, Sha256.hex(bytes), parity)),
          bytes,
          scores(set, trained));
    }
  }

  /** The reference scores of the manifest, by hour of the week. */
  private static FeatureReference scores(TrainingSet set, TrainedModel trained) {
    double[] scores = wide(trained.validationScores());
    long[] times = new long[scores.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = set.timeMs(trained.validationFrom() + i);
    }
    return FeatureReference.numeric(ScoreReference.NAME, scores, times);
  }

  /** A model file, opened, with what its comparison found. */
  private record Served(Model model, String sha256, Parity parity) {}

  private static Manifest manifest(
      ReleaseSpec spec,
      TrainingWindow window,
      TrainingSet set,
      TrainedModel trained,
      Served served) {
    double[] scores = wide(trained.validationScores());
    BitSet frauds = tailFrauds(set, trained);
    RankingMetrics ranking = RankingMetrics.of(scores, frauds);
    Map<String, Double> metrics = metrics(spec, ranking, Calibration.of(scores, frauds), trained);
    metrics.put("parityRows", (double) served.parity.rows());
    metrics.put("parityLargestDistance", served.parity.largest());
    return new Manifest(
        spec.release(),
        spec.model(),
        spec.createdFrom(),
        spec.featureDigest(),
        set.featureNames(),
        trained.modelFile(),
        served.sha256,
        Math.min(1, ranking.thresholdFor(spec.alertBudgetPercent())),
        spec.alertBudgetPercent(),
        training(window, set, trained),
        metrics,
        reference(scores),
        golden(served.model, GoldenRows.of(set, trained)),
        set.layout().sequences(),
        channelThresholds(spec, set, trained, scores),
        Map.of(),
        spec.lane().word());
  }

  /** By channel, for those of which the validation tail shows enough to choose by. */
  private static Map<String, Double> channelThresholds(
      ReleaseSpec spec, TrainingSet set, TrainedModel trained, double[] scores) {
    if (!spec.budgetByChannel()) {
      return Map.of();
    }
    Map<String, DoubleArrayList> byChannel = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      String channel = set.channel(trained.validationFrom() + i);
      if (channel != null) {
        byChannel.computeIfAbsent(channel, key -> new DoubleArrayList()).add(scores[i]);
      }
    }
    double fewest = FEWEST_ALERTS * 100 / spec.alertBudgetPercent();
    Map<String, Double> thresholds = new TreeMap<>();
    byChannel.forEach(
        (channel, own) -> {
          if (own.size() >= fewest) {
            thresholds.put(
                channel,
                Math.min(
                    1, SegmentBands.thresholdFor(own.toDoubleArray(), spec.alertBudgetPercent())));
          }
        });
    return thresholds;
  }

  private static Manifest.Training training(
      TrainingWindow window, TrainingSet set, TrainedModel trained) {
    return new Manifest.Training(
        window.since().toString(),
        window.until().toString(),
        window.asOf().toString(),
        window.labelDelay().toString(),
        set.rows(),
        set.positives(),
        trained.seed());
  }

  private static Map<String, Double> metrics(
      ReleaseSpec spec, RankingMetrics ranking, Calibration calibration, TrainedModel trained) {
    Map<String, Double> metrics = new TreeMap<>(trained.figures());
    RankingMetrics.Found budget = ranking.atBudget(spec.alertBudgetPercent());
    metrics.put("validationRows", (double) ranking.rows());
    metrics.put("validationFrauds", (double) ranking.frauds());
    put(metrics, "validationPrAuc", ranking.averagePrecision());
    put(metrics, "validationRocAuc", ranking.rocAuc());
    put(metrics, "validationRecallAtBudget", budget.recall());
    put(metrics, "validationPrecisionAtBudget", budget.precision());
    metrics.put("validationMeanScore", calibration.meanScore());
    metrics.put("validationFraudRate", calibration.rate());
    metrics.put("validationCalibrationError", calibration.error());
    metrics.put("validationBrier", calibration.brier());
    metrics.put("validationLogLoss", calibration.logLoss());
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String name, @Nullable Double value) {
    if (value != null) {
      metrics.put(name, value);
    }
  }

  private static Manifest.ReferenceScores reference(double[] scores) {
    ScoreBins bins = ScoreBins.quantiles(scores);
    return new Manifest.ReferenceScores(
        bins.edges(), Arrays.stream(bins.count(scores)).boxed().toList());
  }

  private static Manifest.Golden golden(Model model, float[][] rows) {
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = model.score(rows[i])[0];
    }
    return Manifest.Golden.of(rows, scores);
  }

  private static BitSet tailFrauds(TrainingSet set, TrainedModel trained) {
    BitSet frauds = new BitSet();
    for (int row = trained.validationFrom(); row < set.rows(); row++) {
      frauds.set(row - trained.validationFrom(), set.fraud(row));
    }
    return frauds;
  }

  private static double[] wide(float[] scores) {
    double[] wide = new double[scores.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = scores[i];
    }
    return wide;
  }
}
