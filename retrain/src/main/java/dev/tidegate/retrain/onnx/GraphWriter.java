package dev.tidegate.retrain.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;

/**
 * An ONNX graph from {@code features} float[N, F] to {@code score} float[N, 1], operator by
 * operator, in opset 13. Each operator's output has a name of its own, which later ones take. The
 * bytes depend on what is written alone. Not thread safe.
 */
public final class GraphWriter {
  /** Name of the graph's input. */
  public static final String INPUT = "features";

  /** Name of the graph's output. */
  public static final String OUTPUT = "score";

  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final GraphProto.Builder graph;

  /** An empty graph over rows of so many values. */
  public GraphWriter(String name, int width) {
    graph =
        GraphProto.newBuilder()
            .setName(name)
            .addInput(tensor(INPUT, width))
            .addOutput(tensor(OUTPUT, 1));
  }

  /** Adds a constant of floats, row-major, and gives its name back. */
  public String floats(String name, float[] values, long... dims) {
    TensorProto.Builder tensor = constant(name, TensorProto.DataType.FLOAT, dims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds a constant of integers (64 bits) in one dimension, and gives its name back. */
  public String integers(String name, long... values) {
    TensorProto.Builder tensor = constant(name, TensorProto.DataType.INT64, values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds a constant row of truth values, and gives its name back. */
  public String truths(String name, boolean[] values) {
    TensorProto.Builder tensor = constant(name, TensorProto.DataType.BOOL, 1, values.length);
    for (boolean value : values) {
      tensor.addInt32Data(value ? 1 : 0);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Adds an operator with one output, and gives the output's name back. */
  public String op(String type, String output, String... inputs) {
    return op(type, output, new AttributeProto[0], inputs);
  }

  /** Adds an operator with attributes and one output, and gives the output's name back. */
  public String op(String type, String output, AttributeProto[] with, String... inputs) {
    graph.addNode(node(type, output, with, inputs).addOutput(output));
    return output;
  }

  /**
   * Adds a fully connected layer x W' + b, and gives its output's name back.
   *
   * @param weights a row for each value that comes out, a column for each that goes in, as PyTorch
   *     keeps them
   */
  public String dense(String output, String x, float[] weights, float[] bias) {
    int outputs = bias.length;
    floats(output + "_w", weights, outputs, weights.length / outputs);
    floats(output + "_b", bias, outputs);
    AttributeProto[] with = {integer("transB", 1)};
    return op("Gemm", output, with, x, output + "_w", output + "_b");
  }

  /**
   * Adds a gated recurrent unit and gives the name of its last state, float[1, N, H], back. Gates
   * are those of PyTorch: the reset gate after the product (ONNX: {@code linear_before_reset}).
   *
   * @param x float[T, N, I]
   * @param tensors input weights [1, 3H, I], recurrent weights [1, 3H, H] and biases [1, 6H], gates
   *     in ONNX's order: update, reset, new
   * @param hidden H
   */
  public String gru(String output, String x, String[] tensors, int hidden) {
    AttributeProto[] with = {integer("hidden_size", hidden), integer("linear_before_reset", 1)};
    graph.addNode(
        node("GRU", output, with, x, tensors[0], tensors[1], tensors[2])
            .addOutput("")
            .addOutput(output));
    return output;
  }

  /** An attribute of one integer. */
  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  /** An attribute of integers. */
  public static AttributeProto list(String name, long... values) {
    AttributeProto.Builder list =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    Arrays.stream(values).forEach(list::addInts);
    return list.build();
  }

  /** The attribute of a {@code Cast} to float32. */
  public static AttributeProto toFloat() {
    return integer("to", TensorProto.DataType.FLOAT.getNumber());
  }

  /** The model's bytes. */
  public byte[] write() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tidegate")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(
      String type, String name, AttributeProto[] with, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(name)
        .addAllInput(Arrays.asList(inputs))
        .addAllAttribute(Arrays.asList(with));
  }

  private static TensorProto.Builder constant(
      String name, TensorProto.DataType type, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(dims).forEach(tensor::addDims);
    return tensor;
  }

  private static ValueInfoProto tensor(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
