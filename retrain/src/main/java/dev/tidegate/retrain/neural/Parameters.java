package dev.tidegate.retrain.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network's parameters as arrays that collect gradients. */
final class Parameters {
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /** Copies of weights, owned by the manager. */
  Parameters(Weights weights, NDManager manager) {
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              NDArray array = manager.create(tensor.values(), new Shape(tensor.shape()));
              array.setRequiresGradient(true);
              arrays.put(name, array);
            });
  }

  NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return array;
  }

  /** x W' + b. */
  NDArray dense(String name, NDArray x) {
    return x.getNDArrayInternal().linear(x, get(name + "_w"), get(name + "_b")).singletonOrThrow();
  }

  /**
   * The last state of a gated recurrent unit.
   *
   * @param x [N, T, I]
   * @return [N, H]
   */
  NDArray recurrent(String name, NDArray x, int hidden) {
    NDArray start = x.getManager().zeros(new Shape(1, x.getShape().get(0), hidden));
    NDList weights =
        new NDList(get(name + "_wi"), get(name + "_wh"), get(name + "_bi"), get(name + "_bh"));
    NDList found = x.getNDArrayInternal().gru(x, start, weights, true, 1, 0, true, false, true);
    return found.get(1).squeeze(0);
  }

  /** One step of the optimizer along the gradients. */
  void step(Optimizer optimizer) {
    arrays.forEach(
        (name, array) -> {
          try (NDArray gradient = array.getGradient()) {
            optimizer.update(name, array, gradient);
          }
        });
  }

  /** A copy of their values. */
  Weights weights() {
    Weights weights = new Weights();
    arrays.forEach(
        (name, array) -> weights.put(name, array.toFloatArray(), array.getShape().getShape()));
    return weights;
  }
}
