package dev.tidegate.retrain.neural;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Parameters of a network by name, in the order in which they were added. */
final class Weights {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** Row-major values of a shape. */
  static final class Tensor {
    private final float[] values;
    private final long[] shape;

    private Tensor(float[] values, long[] shape) {
      this.values = values;
      this.shape = shape;
    }

    float[] values() {
      return values;
    }

    long[] shape() {
      return shape;
    }
  }

  Weights put(String name, float[] values, long... shape) {
    tensors.put(name, new Tensor(values, shape));
    return this;
  }

  /**
   * Adds a matrix and a bias, drawn evenly from +-sqrt(1 / inputs), PyTorch's own beginning of
   * linear layers.
   */
  Weights dense(String name, int inputs, int outputs, SplittableRandom random) {
    put(name + "_w", drawn(inputs * outputs, Math.sqrt(1.0 / inputs), random), outputs, inputs);
    return put(name + "_b", drawn(outputs, Math.sqrt(1.0 / inputs), random), outputs);
  }

  /** Adds the four tensors of a gated recurrent unit, drawn as PyTorch does. */
  Weights recurrent(String name, int inputs, int hidden, SplittableRandom random) {
    double bound = Math.sqrt(1.0 / hidden);
    int gates = 3 * hidden;
    put(name + "_wi", drawn(gates * inputs, bound, random), gates, inputs);
    put(name + "_wh", drawn(gates * hidden, bound, random), gates, hidden);
    put(name + "_bi", drawn(gates, bound, random), gates);
    return put(name + "_bh", drawn(gates, bound, random), gates);
  }

  private static float[] drawn(int count, double bound, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  float[] values(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return tensor.values;
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Number of values. */
  int size() {
    return tensors.values().stream().mapToInt(tensor -> tensor.values.length).sum();
  }
}
