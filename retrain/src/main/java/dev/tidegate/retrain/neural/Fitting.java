package dev.tidegate.retrain.neural;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.tidegate.scoring.djl.PyTorch;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Passes over rows by Adam, in an order that depends on the seed alone. PyTorch runs in one thread,
 * so that the same rows and seed give the same parameters on the same machine.
 */
final class Fitting implements AutoCloseable {
  private static final int SCORED = 2_048;
  private static final float LARGEST_GRADIENT = 5;

  // configuration
  private final Network network;
  private final NeuralParameters dials;

  // runtime
  private final Engine engine = PyTorch.engine();
  private final NDManager manager = engine.newBaseManager();
  private final SplittableRandom random;
  private final Optimizer adam;
  private final Parameters parameters;

  Fitting(Network network, NeuralParameters dials, long seed) {
    this.network = network;
    this.dials = dials;
    this.random = new SplittableRandom(seed);
    this.parameters = new Parameters(network.initial(random.nextLong()), manager);
    this.adam =
        Optimizer.adam()
            .optLearningRateTracker(Tracker.fixed((float) dials.learningRate()))
            .optClipGrad(LARGEST_GRADIENT)
            .build();
  }

  /**
   * Passes over the rows until it is told to stop.
   *
   * @param onward asked after each pass, with how many are done
   */
  void fit(StandardRows rows, IntPredicate onward) {
    int[] order = inOrder(rows.rows());
    int done = 0;
    do {
      shuffle(order);
      for (int from = 0; from < order.length; from += dials.batch()) {
        step(rows, order, from, Math.min(order.length, from + dials.batch()));
      }
    } while (onward.test(++done));
  }

  private void step(StandardRows rows, int[] order, int from, int to) {
    try (NDManager own = manager.newSubManager();
        GradientCollector gradients = engine.newGradientCollector()) {
      StandardRows.Batch batch = rows.batch(own, order, from, to);
      NDArray output = network.output(parameters, batch.rows(), batch.known());
      NDArray loss = network.loss(output, batch.labels());
      gradients.backward(loss);
      parameters.step(adam);
      gradients.zeroGradients();
      loss.close();
    }
  }

  /** Outputs of all rows and the mean loss over them. */
  Judged judge(StandardRows rows) {
    float[] outputs = new float[rows.rows()];
    double loss = 0;
    int[] order = inOrder(rows.rows());
    for (int from = 0; from < order.length; from += SCORED) {
      int to = Math.min(order.length, from + SCORED);
      try (NDManager own = manager.newSubManager()) {
        StandardRows.Batch batch = rows.batch(own, order, from, to);
        NDArray output = network.output(parameters, batch.rows(), batch.known());
        output.attach(own);
        System.arraycopy(output.toFloatArray(), 0, outputs, from, to - from);
        loss += network.loss(output, batch.labels()).getFloat() * (double) (to - from);
      }
    }
    return new Judged(outputs, loss / rows.rows());
  }

  /** What rows got. */
  static final class Judged {
    private final float[] outputs;
    private final double loss;

    private Judged(float[] outputs, double loss) {
      this.outputs = outputs;
      this.loss = loss;
    }

    float[] outputs() {
      return outputs;
    }

    double loss() {
      return loss;
    }
  }

  /** A copy of the parameters as they are. */
  Weights weights() {
    return parameters.weights();
  }

  private static int[] inOrder(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    return order;
  }

  private void shuffle(int[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
