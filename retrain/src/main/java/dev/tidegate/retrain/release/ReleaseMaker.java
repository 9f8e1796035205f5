package dev.tidegate.retrain.release;

import dev.tidegate.retrain.drift.ScoreBins;
import dev.tidegate.retrain.evaluate.Calibration;
import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.onnx.ForestOnnxWriter;
import dev.tidegate.retrain.train.TrainedForest;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.Sha256;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained forest to a release. The threshold, the metrics and the reference scores come from the
 * validation tail as the forest of the search scored it: rows that forest had not seen, later in
 * time. The golden scores come from ONNX Runtime on the model file itself. The same training set
 * and spec give the same bytes.
 */
public final class ReleaseMaker {
  private static final String MODEL_FILE = "model.onnx";

  private ReleaseMaker() {}

  /** Makes a release from what a training run used and gave. */
  public static MadeRelease make(
      ReleaseSpec spec, TrainingWindow window, TrainingSet set, TrainedForest trained) {
    byte[] onnx = ForestOnnxWriter.write(trained.forest());
    double[] scores = wide(trained.validationScores());
    BitSet frauds = tailFrauds(set, trained);
    RankingMetrics ranking = RankingMetrics.of(scores, frauds);
    Manifest manifest =
        new Manifest(
            spec.release(),
            spec.model(),
            spec.createdFrom(),
            spec.featureDigest(),
            set.featureNames(),
            MODEL_FILE,
            Sha256.hex(onnx),
            Math.min(1, ranking.thresholdFor(spec.alertBudgetPercent())),
            spec.alertBudgetPercent(),
            training(window, set, trained),
            metrics(spec, ranking, Calibration.of(scores, frauds), trained),
            reference(scores),
            golden(onnx, GoldenRows.of(set, trained)));
    return new MadeRelease(manifest, onnx);
  }

  private static Manifest.Training training(
      TrainingWindow window, TrainingSet set, TrainedForest trained) {
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
      ReleaseSpec spec, RankingMetrics ranking, Calibration calibration, TrainedForest trained) {
    Map<String, Double> metrics = new TreeMap<>();
    RankingMetrics.Found budget = ranking.atBudget(spec.alertBudgetPercent());
    metrics.put("trees", (double) trained.forest().trees().size());
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

  private static Manifest.Golden golden(byte[] onnx, float[][] rows) {
    double[] scores = new double[rows.length];
    try (Model model = OnnxModel.open(onnx)) {
      for (int i = 0; i < rows.length; i++) {
        scores[i] = model.score(rows[i])[0];
      }
    }
    return Manifest.Golden.of(rows, scores);
  }

  private static BitSet tailFrauds(TrainingSet set, TrainedForest trained) {
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
