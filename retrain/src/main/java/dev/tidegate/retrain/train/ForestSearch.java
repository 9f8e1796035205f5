package dev.tidegate.retrain.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Random search for the parameters of a forest (Bergstra and Bengio, "Random Search for
 * Hyper-Parameter Optimization", JMLR 2012): candidates in a fixed order that the seed alone
 * decides, the defaults first, each judged by its logistic loss on the validation tail. The best is
 * grown on all rows.
 *
 * <p>A time budget and the same bytes twice go together because time only decides <em>how many</em>
 * candidates are tried. The number is told and stands in the release ({@code searchCandidates}):
 * the same rows, seed and number give the same forest to the last bit, however long it takes.
 */
public final class ForestSearch {
  private static final int[] DEPTHS = {3, 4, 5, 6, 8};
  private static final double[] CHILD_WEIGHTS = {0.5, 1, 2, 5, 10, 20};
  private static final double[] LEARNING_RATES = {0.03, 0.05, 0.1};
  private static final double[] SHARES_OF_ROWS = {0.6, 0.8, 1};
  private static final double[] SHARES_OF_COLUMNS = {0.4, 0.6, 0.8};

  /** Figure of a release that says how many candidates were tried. */
  public static final String TRIED = "searchCandidates";

  private ForestSearch() {}

  /**
   * What a search found.
   *
   * @param forest the best candidate, grown on all rows
   * @param parameters its parameters
   * @param tried candidates tried, at least 1
   * @param losses logistic loss on the validation tail of each, in their order
   */
  public record Found(
      TrainedForest forest, ForestParameters parameters, int tried, List<Double> losses) {
    /** Takes a copy. */
    public Found {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Searches.
   *
   * @param given rows; sequences are not looked at
   * @param seed of the candidates and of every forest, in [0, 2^31)
   * @param most candidates at most, at least 1
   * @param goOn asked before each candidate but the first; false ends the search
   * @throws NotTrainable as {@link ForestTrainer#train}
   */
  public static Found run(
      TrainingSet given, long seed, int most, BooleanSupplier goOn, TrainingProgress progress) {
    if (most < 1) {
      throw new IllegalArgumentException("a search tries at least one candidate, not " + most);
    }
    TrainingSet set = given.featuresAlone();
    List<ForestParameters> candidates = candidates(seed, most);
    List<Double> losses = new ArrayList<>();
    ForestTrainer.Search best = null;
    int leader = 0;
    for (int i = 0; i < most && (i == 0 || goOn.getAsBoolean()); i++) {
      ForestTrainer.Search found = new ForestTrainer(candidates.get(i), seed).search(set, progress);
      losses.add(found.loss());
      if (best == null || found.loss() < best.loss()) {
        best = found;
        leader = i;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no candidate was tried");
    }
    ForestParameters parameters = candidates.get(leader);
    return new Found(
        new ForestTrainer(parameters, seed)
            .refit(set, best, progress)
            .with(figures(parameters, losses.size())),
        parameters,
        losses.size(),
        losses);
  }

  private static Map<String, Double> figures(ForestParameters parameters, int tried) {
    return Map.of(
        TRIED,
        (double) tried,
        "searchLearningRate",
        parameters.learningRate(),
        "searchMaxDepth",
        (double) parameters.maxDepth(),
        "searchMinChildWeight",
        parameters.minChildWeight(),
        "searchShareOfRows",
        parameters.shares().rows(),
        "searchShareOfColumns",
        parameters.shares().columns());
  }

  /** The first candidates of a seed: a longer list begins with every shorter one. */
  static List<ForestParameters> candidates(long seed, int number) {
    ForestParameters defaults = ForestParameters.defaults();
    List<ForestParameters> candidates = new ArrayList<>(List.of(defaults));
    SplittableRandom random = new SplittableRandom(seed);
    while (candidates.size() < number) {
      candidates.add(
          new ForestParameters(
              defaults.maxRounds(),
              defaults.patience(),
              one(LEARNING_RATES, random),
              DEPTHS[random.nextInt(DEPTHS.length)],
              one(CHILD_WEIGHTS, random),
              new ForestParameters.Shares(
                  one(SHARES_OF_ROWS, random),
                  one(SHARES_OF_COLUMNS, random),
                  defaults.shares().validation())));
    }
    return candidates;
  }

  private static double one(double[] of, SplittableRandom random) {
    return of[random.nextInt(of.length)];
  }
}
