package dev.tidegate.retrain.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.tidegate.retrain.onnx.GraphWriter;
import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.release.SequenceInput;
import java.util.SplittableRandom;

/**
 * A gated recurrent unit (Cho et al. 2014) over an entity's last events, its last state beside the
 * payment's features, and a layer over both (for fraud: Branco et al., "Interleaved sequence RNNs",
 * KDD 2020). Places before the first event have all their values missing, which the unit is told,
 * value by value. Output: log odds of fraud.
 *
 * @param features values at the front of a row
 * @param length events
 * @param fields values of an event
 */
record SequenceNetwork(int features, int length, int fields) implements Network {
  private static final int HIDDEN = 32;
  private static final int LAYER = 64;

  /** Over rows of features and one sequence. */
  static SequenceNetwork of(RowLayout layout) {
    if (layout.sequences().size() != 1) {
      throw new IllegalArgumentException(
          "a sequence network needs rows with one sequence, not " + layout.sequences().size());
    }
    SequenceInput sequence = layout.sequences().get(0);
    return new SequenceNetwork(layout.features(), sequence.length(), sequence.fields());
  }

  @Override
  public String kind() {
    return "sequence";
  }

  @Override
  public Weights initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Weights()
        .recurrent("unit", 2 * fields, HIDDEN, random)
        .dense("layer", HIDDEN + 2 * features, LAYER, random)
        .dense("margin", LAYER, 1, random);
  }

  @Override
  public NDArray output(Parameters parameters, NDArray rows, NDArray known) {
    NDArray events = events(rows).concat(events(known), 2);
    NDArray last = parameters.recurrent("unit", events, HIDDEN);
    NDIndex front = new NDIndex(":, :" + features);
    NDList all = new NDList(last, rows.get(front), known.get(front));
    NDArray layer = Activation.relu(parameters.dense("layer", NDArrays.concat(all, 1)));
    return parameters.dense("margin", layer);
  }

  private NDArray events(NDArray rows) {
    return rows.get(new NDIndex(":, " + features + ":"))
        .reshape(new Shape(rows.getShape().get(0), length, fields));
  }

  /** Mean logistic loss, in a form that does not overflow. */
  @Override
  public NDArray loss(NDArray output, NDArray labels) {
    NDArray rest = output.abs().neg().exp().add(1).log();
    return Activation.relu(output).sub(output.mul(labels)).add(rest).mean();
  }

  @Override
  public float score(Weights weights, float output) {
    return (float) (1 / (1 + Math.exp(-output)));
  }

  @Override
  public void write(GraphWriter graph, Weights weights, String rows, String known) {
    graph.integers("front", 0);
    graph.integers("cut", features);
    graph.integers("end", features + (long) length * fields);
    graph.integers("columns", 1);
    graph.integers("shape", -1, length, fields);
    String values = events(graph, "values", rows);
    String flags = events(graph, "flags", known);
    AttributeProto[] onFields = {GraphWriter.integer("axis", 2)};
    graph.op("Concat", "events", onFields, values, flags);
    AttributeProto[] timeFirst = {GraphWriter.list("perm", 1, 0, 2)};
    graph.op("Transpose", "in_time", timeFirst, "events");
    graph.op("Squeeze", "last", recurrent(graph, weights, "in_time"), graph.integers("states", 0));
    graph.op("Slice", "front_rows", rows, "front", "cut", "columns");
    graph.op("Slice", "front_known", known, "front", "cut", "columns");
    AttributeProto[] onColumns = {GraphWriter.integer("axis", 1)};
    graph.op("Concat", "all", onColumns, "last", "front_rows", "front_known");
    graph.dense("layer", "all", weights.values("layer_w"), weights.values("layer_b"));
    graph.op("Relu", "layer_on", "layer");
    graph.dense("margin", "layer_on", weights.values("margin_w"), weights.values("margin_b"));
    graph.op("Sigmoid", GraphWriter.OUTPUT, "margin");
  }

  private static String events(GraphWriter graph, String name, String rows) {
    graph.op("Slice", name + "_flat", rows, "cut", "end", "columns");
    return graph.op("Reshape", name, name + "_flat", "shape");
  }

  private String recurrent(GraphWriter graph, Weights weights, String x) {
    int inputs = 2 * fields;
    float[] input = gates(weights.values("unit_wi"), inputs);
    float[] state = gates(weights.values("unit_wh"), HIDDEN);
    float[] first = gates(weights.values("unit_bi"), 1);
    float[] second = gates(weights.values("unit_bh"), 1);
    float[] biases = new float[6 * HIDDEN];
    System.arraycopy(first, 0, biases, 0, 3 * HIDDEN);
    System.arraycopy(second, 0, biases, 3 * HIDDEN, 3 * HIDDEN);
    String[] tensors = {
      graph.floats("unit_wi", input, 1, 3 * HIDDEN, inputs),
      graph.floats("unit_wh", state, 1, 3 * HIDDEN, HIDDEN),
      graph.floats("unit_b", biases, 1, 6 * HIDDEN)
    };
    return graph.gru("unit", x, tensors, HIDDEN);
  }

  /** PyTorch keeps the gates as reset, update, new; ONNX as update, reset, new. */
  private static float[] gates(float[] torch, int columns) {
    int gate = HIDDEN * columns;
    float[] onnx = torch.clone();
    System.arraycopy(torch, gate, onnx, 0, gate);
    System.arraycopy(torch, 0, onnx, gate, gate);
    return onnx;
  }
}
