package dev.tidegate.retrain.train;

import java.util.List;
import java.util.Map;

/**
 * A model that was trained, ready to be released, and how it did on the newest rows when it was
 * trained without them.
 */
public interface TrainedModel {
  /** Name of the model file in a release; its ending says which backend serves it. */
  String modelFile();

  /** The model file's bytes; the same model gives the same bytes. */
  byte[] modelBytes();

  /**
   * Scores by the library that trained the model, not by the file: what the file is held against.
   *
   * @param rows whole rows of the training set's width, row-major
   */
  float[] trainedScores(float[] rows);

  /**
   * Copies of a row that each have one value where the model's answer breaks or bends, or one float
   * to a side of it.
   *
   * @param row of the training set's width
   * @param most rows at most
   */
  List<float[]> onThresholds(float[] row, int most);

  /** Row of the training set at which the validation tail begins; it ends with the set. */
  int validationFrom();

  /**
   * A copy of the scores of the validation tail, in row order, by a model that was trained on rows
   * before it: out of sample and later in time.
   */
  float[] validationScores();

  /** Seed of everything random. */
  long seed();

  /** Figures of the model itself for the release's metrics, by name. */
  Map<String, Double> figures();
}
