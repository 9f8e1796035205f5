package dev.tidegate.retrain.ensemble;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.train.NotTrainable;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.ensemble.Calibration;
import dev.tidegate.scoring.release.EnsembleFile;
import dev.tidegate.scoring.release.EnsembleFile.Blending;
import dev.tidegate.scoring.release.EnsembleFile.Calibrating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one model of several that were trained on the same set. Their validation tail is cut in
 * time: the older half fits the blend and the calibration, the newer half is left to measure and to
 * set the threshold, so that nothing is judged by rows that chose it.
 *
 * <p>One model: its own score, calibrated. Several: logistic regression on their log odds (Wolpert,
 * "Stacked generalization", 1992), weights not below 0; that is calibrated already, so isotonic
 * regression follows only where there are {@link CalibrationFit#ENOUGH} frauds.
 */
public final class EnsembleFitter {
  private static final int LEAST_FRAUDS = 2;

  private final TrainingSet set;
  private final List<TrainedEnsemble.Part> parts;
  private final int from;
  private final int middle;

  private EnsembleFitter(TrainingSet set, List<TrainedEnsemble.Part> parts) {
    this.set = set;
    this.parts = parts;
    this.from = parts.get(0).model().validationFrom();
    this.middle = middle(set, from);
    for (TrainedEnsemble.Part part : parts) {
      if (part.model().validationFrom() != from) {
        throw new IllegalArgumentException("models with validation tails of their own");
      }
    }
    if (set.positives(from, middle) < LEAST_FRAUDS
        || set.positives(middle, set.rows()) < LEAST_FRAUDS) {
      throw new NotTrainable(
          set.positives(from, set.rows())
              + " frauds to validate on, too few to fit a blend on the older half and measure it"
              + " on the newer; train on a longer range");
    }
  }

  /**
   * Fits.
   *
   * @param parts one or more, trained on this set or on its features alone
   * @throws NotTrainable if a half of the validation tail is short of frauds
   */
  public static TrainedEnsemble fit(TrainingSet set, List<TrainedEnsemble.Part> parts) {
    return new EnsembleFitter(set, parts).ensemble();
  }

  /** Half way through the tail, where a moment begins. */
  private static int middle(TrainingSet set, int from) {
    int middle = from + (set.rows() - from) / 2;
    while (middle > from && set.timeMs(middle - 1) == set.timeMs(middle)) {
      middle--;
    }
    return middle;
  }

  private TrainedEnsemble ensemble() {
    List<float[]> older = new ArrayList<>();
    List<float[]> newer = new ArrayList<>();
    for (TrainedEnsemble.Part part : parts) {
      float[] scores = part.model().validationScores();
      older.add(Arrays.copyOf(scores, middle - from));
      newer.add(Arrays.copyOfRange(scores, middle - from, scores.length));
    }
    EnsembleFile file = fitted(older, frauds(from, middle));
    float[] scores = TrainedEnsemble.blended(file, newer);
    return new TrainedEnsemble(
        parts, file, set.width(), new TrainedEnsemble.Tail(middle, scores, figures(file, newer)));
  }

  private EnsembleFile fitted(List<float[]> scores, BitSet frauds) {
    List<EnsembleFile.Member> members =
        parts.stream().map(part -> new EnsembleFile.Member(part.file(), part.width())).toList();
    Blending blend = parts.size() == 1 ? alone() : stack(scores, frauds);
    EnsembleFile plain = new EnsembleFile(members, blend, Calibrating.NONE);
    double[] blended = wide(TrainedEnsemble.blended(plain, scores));
    if (parts.size() > 1 && frauds.cardinality() < CalibrationFit.ENOUGH) {
      return plain;
    }
    return new EnsembleFile(members, blend, CalibrationFit.of(blended, frauds));
  }

  private static Blending alone() {
    return new Blending("mean", 0, List.of(1.0));
  }

  private static Blending stack(List<float[]> scores, BitSet frauds) {
    double[][] odds = new double[scores.size()][];
    for (int part = 0; part < odds.length; part++) {
      odds[part] = wide(scores.get(part));
      for (int i = 0; i < odds[part].length; i++) {
        odds[part][i] = Calibration.logOdds(odds[part][i]);
      }
    }
    LogisticFit fit = LogisticFit.of(odds, LogisticFit.targets(odds[0].length, frauds));
    List<Double> weights = Arrays.stream(fit.slopes()).boxed().toList();
    return new Blending("stack", fit.bias(), weights);
  }

  private Map<String, Double> figures(EnsembleFile file, List<float[]> newer) {
    Map<String, Double> figures = new TreeMap<>();
    BitSet frauds = frauds(middle, set.rows());
    for (int i = 0; i < parts.size(); i++) {
      String name = parts.get(i).name();
      Double precision = RankingMetrics.of(wide(newer.get(i)), frauds).averagePrecision();
      figures.put(name + ".validationPrAuc", precision == null ? Double.NaN : precision);
      figures.put(name + ".weight", file.blend().weights().get(i));
      parts
          .get(i)
          .model()
          .figures()
          .forEach((figure, value) -> figures.put(name + "." + figure, value));
    }
    return Collections.unmodifiableMap(figures);
  }

  private BitSet frauds(int first, int end) {
    BitSet frauds = new BitSet();
    for (int row = first; row < end; row++) {
      frauds.set(row - first, set.fraud(row));
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
