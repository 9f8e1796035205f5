package dev.tidegate.app.offline;

import dev.tidegate.app.Refused;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Sequence;
import dev.tidegate.retrain.ensemble.EnsembleFitter;
import dev.tidegate.retrain.ensemble.TrainedEnsemble;
import dev.tidegate.retrain.neural.NeuralParameters;
import dev.tidegate.retrain.neural.NeuralTrainer;
import dev.tidegate.retrain.train.ForestParameters;
import dev.tidegate.retrain.train.ForestTrainer;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingProgress;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.release.SequenceInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code train} can train. Names are those of the command line. */
public enum ModelKind {
  /** Boosted trees on features. */
  FOREST,
  /** An autoencoder on features; learns without labels. */
  AUTOENCODER,
  /** A recurrent network over the first sequence of the catalogue and the features. */
  SEQUENCE,
  /** The three as one: blended and calibrated on the validation rows. */
  ENSEMBLE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Sequences that rows need for it.
   *
   * @throws Refused if it needs one and the catalogue declares none
   */
  public List<SequenceInput> sequences(Catalogue catalogue) {
    if (this != SEQUENCE && this != ENSEMBLE) {
      return List.of();
    }
    if (catalogue.sequences().isEmpty()) {
      throw new Refused(
          "--kind " + this + " needs features with sequences; the catalogue has none");
    }
    Sequence first = catalogue.sequences().get(0);
    return List.of(
        new SequenceInput(first.entity().noun(), 0, first.length(), first.fields().size()));
  }

  /** Trains one. */
  public TrainedModel train(TrainingSet set, long seed, TrainingProgress progress) {
    return switch (this) {
      case FOREST -> new ForestTrainer(ForestParameters.defaults(), seed).train(set, progress);
      case AUTOENCODER -> network(seed).autoencoder(set, progress);
      case SEQUENCE -> network(seed).sequence(set, progress);
      case ENSEMBLE -> ensemble(set, seed, progress);
    };
  }

  private static TrainedModel ensemble(TrainingSet set, long seed, TrainingProgress progress) {
    List<TrainedEnsemble.Part> parts = new ArrayList<>();
    for (ModelKind kind : List.of(FOREST, AUTOENCODER, SEQUENCE)) {
      TrainedModel model = kind.train(set, seed, progress);
      int width = kind == SEQUENCE ? set.width() : set.features();
      parts.add(new TrainedEnsemble.Part(kind.toString(), model, width));
    }
    return EnsembleFitter.fit(set, parts);
  }

  private static NeuralTrainer network(long seed) {
    return new NeuralTrainer(NeuralParameters.defaults(), seed);
  }
}
