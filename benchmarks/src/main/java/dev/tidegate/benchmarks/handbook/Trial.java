package dev.tidegate.benchmarks.handbook;

import dev.tidegate.app.Refused;
import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.evaluate.Evaluator;
import dev.tidegate.retrain.onnx.ForestOnnxWriter;
import dev.tidegate.retrain.train.ForestParameters;
import dev.tidegate.retrain.train.ForestTrainer;
import dev.tidegate.retrain.train.TrainedForest;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One forest: trained as {@code train} does, with its default parameters, and judged through its
 * ONNX model as {@code evaluate --exclude-known} does.
 *
 * @param split when
 * @param columns what it sees
 * @param seed of the row and column draws
 */
public record Trial(Split split, Columns columns, long seed) {
  /** Alert budget and threshold do not matter to the figures that are taken. */
  private static final Evaluator EVALUATOR = new Evaluator(0.5, 1.0);

  /**
   * What a forest did on its test.
   *
   * @param split first day that trains
   * @param columns what it saw
   * @param seed of the row and column draws
   * @param size of the forest and of the rows
   * @param prAuc average precision
   * @param rocAuc area under the ROC curve
   * @param cardPrecisionAt100 mean daily precision of the 100 most suspicious cards
   * @param prAucByKind average precision of each kind of fraud against legitimate rows alone
   */
  public record Figure(
      String split,
      String columns,
      long seed,
      Size size,
      double prAuc,
      double rocAuc,
      double cardPrecisionAt100,
      SortedMap<String, Double> prAucByKind) {}

  /**
   * How much went in.
   *
   * @param features columns of the forest
   * @param trees of the forest
   * @param trainRows rows that trained
   * @param trainFrauds of which fraud
   * @param testRows rows that were judged
   * @param testFrauds of which fraud
   * @param excludedKnown rows of the test week left out because their customer was known
   */
  public record Size(
      int features,
      int trees,
      int trainRows,
      int trainFrauds,
      long testRows,
      long testFrauds,
      long excludedKnown) {}

  /**
   * Trains and judges. Takes one core.
   *
   * @throws Refused if the test has no fraud, or nothing else
   * @throws dev.tidegate.retrain.train.NotTrainable if too few frauds are there to learn from
   */
  public Figure run(SplitRows rows) {
    TrainingSet set = rows.train(split, columns);
    ForestTrainer trainer = new ForestTrainer(ForestParameters.defaults(), seed);
    TrainedForest trained = trainer.train(set, TrainingProgress.SILENT);
    try (Model model = OnnxModel.open(ForestOnnxWriter.write(trained.forest()))) {
      SplitRows.Judged judged = rows.judge(split, columns, model);
      Evaluation found = EVALUATOR.evaluate(judged.rows());
      Size size =
          new Size(
              columns.size(),
              trained.forest().trees().size(),
              set.rows(),
              set.positives(),
              found.rows(),
              found.frauds(),
              judged.excluded());
      return new Figure(
          split.name(),
          columns.name(),
          seed,
          size,
          defined(found.prAuc()),
          defined(found.rocAuc()),
          defined(found.cardPrecisionAt100()),
          byKind(found));
    }
  }

  private static SortedMap<String, Double> byKind(Evaluation found) {
    SortedMap<String, Double> figures = new TreeMap<>();
    found
        .byKind()
        .forEach(
            (kind, of) -> {
              if (of.prAuc() != null) {
                figures.put(kind, of.prAuc());
              }
            });
    return figures;
  }

  private double defined(@Nullable Double figure) {
    if (figure == null) {
      throw new Refused(
          "the test of "
              + split.test().since()
              + " to "
              + split.test().until()
              + " lacks frauds or other payments in this file");
    }
    return figure;
  }
}
