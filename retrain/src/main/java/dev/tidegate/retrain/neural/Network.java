package dev.tidegate.retrain.neural;

import ai.djl.ndarray.NDArray;
import dev.tidegate.retrain.onnx.GraphWriter;
import java.util.function.Supplier;

/** The arithmetic of a network: for training over arrays, and the same as a graph. */
sealed interface Network permits Autoencoder, SequenceNetwork {
  /** Word for the graph's name. */
  String kind();

  /** Parameters to begin with. */
  Weights initial(long seed);

  /**
   * What the network says of rows, before it is a score.
   *
   * @param rows values [N, F], 0 where nothing is known
   * @param known [N, F], 1 where a value is known and 0 where not
   * @return [N, 1]
   */
  NDArray output(Parameters parameters, NDArray rows, NDArray known);

  /**
   * What training brings down.
   *
   * @param labels [N, 1], 1 for fraud; a network that learns without labels does not look
   * @return one number
   */
  NDArray loss(NDArray output, NDArray labels);

  /**
   * The parameters after training, with what is set by the outputs on the training rows: never by
   * rows that the network is measured on.
   *
   * @param outputs one a training row, worked out when asked for
   */
  default Weights settled(Weights fitted, Supplier<float[]> outputs) {
    return fitted;
  }

  /** A score in [0, 1] from what {@link #output} says. */
  float score(Weights weights, float output);

  /** Writes {@link #output} and {@link #score} over the named values of a graph. */
  void write(GraphWriter graph, Weights weights, String rows, String known);
}
