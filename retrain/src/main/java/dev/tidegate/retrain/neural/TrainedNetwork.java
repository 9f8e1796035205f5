package dev.tidegate.retrain.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.tidegate.retrain.onnx.GraphWriter;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.scoring.djl.PyTorch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A network after training. Immutable; {@link #trainedScores} runs PyTorch. */
public final class TrainedNetwork implements TrainedModel {
  private final Parts parts;
  private final int validationFrom;
  private final float[] validationScores;
  private final long seed;

  /** What a network is made of, and the passes that made it. */
  record Parts(Network network, Standardization standard, Weights weights, int passes) {}

  TrainedNetwork(Parts parts, int validationFrom, float[] validationScores, long seed) {
    this.parts = parts;
    this.validationFrom = validationFrom;
    this.validationScores = validationScores;
    this.seed = seed;
  }

  static float[] scores(Network network, Weights weights, float[] outputs) {
    float[] scores = new float[outputs.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = network.score(weights, outputs[i]);
    }
    return scores;
  }

  @Override
  public String modelFile() {
    return "model.onnx";
  }

  @Override
  public byte[] modelBytes() {
    GraphWriter graph = new GraphWriter(parts.network.kind(), parts.standard.width());
    String[] standard = parts.standard.write(graph);
    parts.network.write(graph, parts.weights, standard[0], standard[1]);
    return graph.write();
  }

  /** By PyTorch, in the very arithmetic of training. */
  @Override
  public float[] trainedScores(float[] rows) {
    int width = parts.standard.width();
    int count = rows.length / width;
    StandardRows standard = new StandardRows(parts.standard.of(rows), new float[count], width);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      Parameters parameters = new Parameters(parts.weights, manager);
      StandardRows.Batch batch = standard.batch(manager, order, 0, count);
      NDArray output = parts.network.output(parameters, batch.rows(), batch.known());
      return scores(parts.network, parts.weights, output.toFloatArray());
    }
  }

  /** Where a column is cut off, below and above. */
  @Override
  public List<float[]> onThresholds(float[] row, int most) {
    List<float[]> rows = new ArrayList<>();
    for (int column = 0; column < row.length; column++) {
      for (float value : parts.standard.cuts(column)) {
        for (float near : new float[] {value, Math.nextDown(value), Math.nextUp(value)}) {
          if (rows.size() < most) {
            float[] copy = row.clone();
            copy[column] = near;
            rows.add(copy);
          }
        }
      }
    }
    return rows;
  }

  @Override
  public int validationFrom() {
    return validationFrom;
  }

  @Override
  public float[] validationScores() {
    return validationScores.clone();
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Map<String, Double> figures() {
    return Map.of("passes", (double) parts.passes, "parameters", (double) parts.weights.size());
  }
}
