package dev.tidegate.retrain.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.tidegate.retrain.onnx.GraphWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Squeezes a row through a narrow layer and says how much of it got lost (Hinton and Salakhutdinov,
 * "Reducing the dimensionality of data with neural networks", Science 2006; as an anomaly score:
 * Sakurada and Yairi, 2014). Learns without labels. Its output is the mean squared error over the
 * values that are known; the others are neither judged nor learned.
 *
 * <p>Score = e / (e + c), where c is the error of the 99th percentile of the training rows: 0.5
 * there, and log odds that are the logarithm of the error. It ranks; it is no probability of fraud.
 *
 * @param width values in a row
 */
record Autoencoder(int width) implements Network {
  private static final int OUTER = 64;
  private static final int INNER = 12;
  private static final double USUAL = 0.99;
  private static final float LEAST_SCALE = 1e-6f;
  private static final String SCALE = "scale";

  @Override
  public String kind() {
    return "autoencoder";
  }

  @Override
  public Weights initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Weights()
        .dense("in", width, OUTER, random)
        .dense("narrow", OUTER, INNER, random)
        .dense("wide", INNER, OUTER, random)
        .dense("out", OUTER, width, random);
  }

  @Override
  public NDArray output(Parameters parameters, NDArray rows, NDArray known) {
    NDArray in = Activation.relu(parameters.dense("in", rows));
    NDArray narrow = parameters.dense("narrow", in).tanh();
    NDArray wide = Activation.relu(parameters.dense("wide", narrow));
    NDArray lost = parameters.dense("out", wide).sub(rows).mul(known);
    int[] columns = {1};
    NDArray count = known.sum(columns, true).maximum(1);
    return lost.mul(lost).sum(columns, true).div(count);
  }

  @Override
  public NDArray loss(NDArray output, NDArray labels) {
    return output.mean();
  }

  @Override
  public Weights settled(Weights fitted, Supplier<float[]> outputs) {
    float[] rising = outputs.get().clone();
    Arrays.sort(rising);
    float usual = rising[(int) (USUAL * (rising.length - 1))];
    return fitted.put(SCALE, new float[] {Math.max(LEAST_SCALE, usual)}, 1);
  }

  @Override
  public float score(Weights weights, float output) {
    return output / (output + weights.values(SCALE)[0]);
  }

  @Override
  public void write(GraphWriter graph, Weights weights, String rows, String known) {
    String in = graph.op("Relu", "in_on", dense(graph, weights, "in", rows));
    String narrow = graph.op("Tanh", "narrow_on", dense(graph, weights, "narrow", in));
    String wide = graph.op("Relu", "wide_on", dense(graph, weights, "wide", narrow));
    graph.op("Sub", "off", dense(graph, weights, "out", wide), rows);
    graph.op("Mul", "lost", "off", known);
    graph.op("Mul", "squares", "lost", "lost");
    // Sums as products with ones: a reducing operator adds one row otherwise than many.
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    graph.floats("ones", ones, width, 1);
    graph.op("MatMul", "sum", "squares", "ones");
    graph.op("MatMul", "known_count", known, "ones");
    graph.op("Max", "count", "known_count", "one");
    graph.op("Div", "error", "sum", "count");
    graph.op("Add", "whole", "error", graph.floats(SCALE, weights.values(SCALE), 1));
    graph.op("Div", GraphWriter.OUTPUT, "error", "whole");
  }

  private static String dense(GraphWriter graph, Weights weights, String name, String x) {
    return graph.dense(name, x, weights.values(name + "_w"), weights.values(name + "_b"));
  }
}
