package dev.tidegate.retrain.neural;

import dev.tidegate.retrain.train.HoldOut;
import dev.tidegate.retrain.train.NotTrainable;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;

/**
 * Trains a network in the two steps of {@link dev.tidegate.retrain.train.ForestTrainer}: a search
 * for the number of passes on the older rows, watched on the newest, then as many passes over all
 * rows. The same rows and seed give the same network on the same machine; another processor may
 * round otherwise. Holds the set about four times in memory; a run takes one core.
 */
public final class NeuralTrainer {
  // configuration
  private final NeuralParameters dials;
  private final long seed;

  /** A trainer with the seed of first parameters and order. */
  public NeuralTrainer(NeuralParameters dials, long seed) {
    this.dials = dials;
    this.seed = seed;
  }

  /**
   * Trains an autoencoder on the features alone. Labels only measure it.
   *
   * @throws NotTrainable if there are too few frauds to measure it
   */
  public TrainedNetwork autoencoder(TrainingSet set, TrainingProgress progress) {
    TrainingSet alone = set.featuresAlone();
    return train(new Autoencoder(alone.width()), alone, progress);
  }

  /**
   * Trains a recurrent network over the one sequence of the rows and their features.
   *
   * @throws NotTrainable if there are too few frauds, or too few payments that are none
   */
  public TrainedNetwork sequence(TrainingSet set, TrainingProgress progress) {
    return train(SequenceNetwork.of(set.layout()), set, progress);
  }

  private TrainedNetwork train(Network network, TrainingSet set, TrainingProgress progress) {
    HoldOut holdOut = HoldOut.of(set, dials.validation());
    Search search = search(network, set, holdOut, progress);
    Standardization standard = Standardization.of(set, set.rows());
    StandardRows all = rows(standard, set, 0, set.rows());
    try (Fitting fitting = new Fitting(network, dials, seed)) {
      fitting.fit(
          all,
          done -> {
            progress.round("refit", done, search.passes, Double.NaN);
            return done < search.passes;
          });
      Weights weights = network.settled(fitting.weights(), () -> fitting.judge(all).outputs());
      return new TrainedNetwork(
          new TrainedNetwork.Parts(network, standard, weights, search.passes),
          holdOut.from(),
          search.scores,
          seed);
    }
  }

  private Search search(
      Network network, TrainingSet set, HoldOut holdOut, TrainingProgress progress) {
    Standardization standard = Standardization.of(set, holdOut.from());
    StandardRows head = rows(standard, set, 0, holdOut.from());
    StandardRows tail = rows(standard, set, holdOut.from(), set.rows());
    Search best = new Search();
    try (Fitting fitting = new Fitting(network, dials, seed)) {
      fitting.fit(
          head,
          done -> {
            Fitting.Judged judged = fitting.judge(tail);
            progress.round("search", done, dials.maxEpochs(), judged.loss());
            if (judged.loss() < best.loss) {
              best.keep(done, judged);
              best.weights =
                  network.settled(fitting.weights(), () -> fitting.judge(head).outputs());
            }
            return done < dials.maxEpochs() && done - best.passes < dials.patience();
          });
      if (best.passes == 0) {
        throw new NotTrainable(
            "the " + network.kind() + " came to no finite loss on " + set.rows() + " rows");
      }
      best.scores = TrainedNetwork.scores(network, best.weights, best.outputs);
      return best;
    }
  }

  private static StandardRows rows(Standardization standard, TrainingSet set, int from, int to) {
    return new StandardRows(standard.of(set.matrix(from, to)), set.labels(from, to), set.width());
  }

  /** The best point of the search so far. */
  private static final class Search {
    private int passes;
    private double loss = Double.POSITIVE_INFINITY;
    private float[] outputs = {};
    private float[] scores = {};
    private Weights weights = new Weights();

    private void keep(int done, Fitting.Judged judged) {
      passes = done;
      loss = judged.loss();
      outputs = judged.outputs();
    }
  }
}
