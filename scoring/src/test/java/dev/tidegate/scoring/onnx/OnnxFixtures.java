package dev.tidegate.scoring.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Random;

/** Small ONNX models with seeded parameters. */
public final class OnnxFixtures {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private OnnxFixtures() {}

  /** A perceptron with one hidden layer of 16, ReLU, then Sigmoid. */
  public static byte[] perceptron(int width, long seed) {
    Random random = new Random(seed);
    GraphProto.Builder graph = graph(width, "score");
    graph.addInitializer(matrix("w1", random, width, 16)).addInitializer(matrix("b1", random, 16));
    graph.addInitializer(matrix("w2", random, 16, 1)).addInitializer(matrix("b2", random, 1));
    graph.addNode(node("Gemm", "h", "features", "w1", "b1"));
    graph.addNode(node("Relu", "r", "h"));
    graph.addNode(node("Gemm", "z", "r", "w2", "b2"));
    graph.addNode(node("Sigmoid", "score", "z"));
    return model(graph);
  }

  /** The identity of one column: a model whose score is its only feature, unchanged. */
  public static byte[] echo() {
    return model(graph(1, "score").addNode(node("Identity", "score", "features")));
  }

  /** A model whose output has another name than the contract's. */
  public static byte[] misnamed() {
    return model(graph(1, "probability").addNode(node("Identity", "probability", "features")));
  }

  /** A forest of random trees of depth 3 (missing goes left on even splits), then Sigmoid. */
  public static byte[] forest(int width, int trees, long seed) {
    GraphProto.Builder graph = graph(width, "score");
    graph.addNode(new ForestNode(width, trees, new Random(seed)).build("features", "margin"));
    graph.addNode(node("Sigmoid", "score", "margin"));
    return model(graph);
  }

  /** The logistic function of each margin. */
  static double[] sigmoid(double[] margins) {
    return Arrays.stream(margins).map(margin -> 1 / (1 + Math.exp(-margin))).toArray();
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("tidegate-test")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(15))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static GraphProto.Builder graph(int width, String output) {
    return GraphProto.newBuilder()
        .setName("fixture")
        .addInput(matrixOfRows("features", width))
        .addOutput(matrixOfRows(output, 1));
  }

  private static ValueInfoProto matrixOfRows(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorProto matrix(String name, Random random, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    int size = 1;
    for (long dim : dims) {
      tensor.addDims(dim);
      size *= Math.toIntExact(dim);
    }
    for (int i = 0; i < size; i++) {
      tensor.addFloatData((float) random.nextGaussian());
    }
    return tensor.build();
  }

  private static NodeProto node(String type, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).setName(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.addOutput(output).build();
  }

  /** The attributes of a TreeEnsembleRegressor (ai.onnx.ml 3), filled tree by tree. */
  private static final class ForestNode {
    private static final int DEPTH = 3;
    private static final int SPLITS = (1 << DEPTH) - 1;

    private final AttributeProto.Builder treeIds = ints("nodes_treeids");
    private final AttributeProto.Builder nodeIds = ints("nodes_nodeids");
    private final AttributeProto.Builder features = ints("nodes_featureids");
    private final AttributeProto.Builder lefts = ints("nodes_truenodeids");
    private final AttributeProto.Builder rights = ints("nodes_falsenodeids");
    private final AttributeProto.Builder missing = ints("nodes_missing_value_tracks_true");
    private final AttributeProto.Builder values = floats("nodes_values");
    private final AttributeProto.Builder modes =
        AttributeProto.newBuilder()
            .setName("nodes_modes")
            .setType(AttributeProto.AttributeType.STRINGS);
    private final AttributeProto.Builder leafTrees = ints("target_treeids");
    private final AttributeProto.Builder leafNodes = ints("target_nodeids");
    private final AttributeProto.Builder leafTargets = ints("target_ids");
    private final AttributeProto.Builder leafWeights = floats("target_weights");

    private ForestNode(int width, int trees, Random random) {
      for (int tree = 0; tree < trees; tree++) {
        for (int id = 0; id < 2 * SPLITS + 1; id++) {
          addNode(tree, id, random.nextInt(width), (float) random.nextGaussian());
        }
      }
    }

    private void addNode(int tree, int id, int feature, float value) {
      boolean split = id < SPLITS;
      treeIds.addInts(tree);
      nodeIds.addInts(id);
      features.addInts(split ? feature : 0);
      lefts.addInts(split ? 2L * id + 1 : 0);
      rights.addInts(split ? 2L * id + 2 : 0);
      missing.addInts(split && id % 2 == 0 ? 1 : 0);
      values.addFloats(split ? value : 0);
      modes.addStrings(ByteString.copyFromUtf8(split ? "BRANCH_LT" : "LEAF"));
      if (!split) {
        leafTrees.addInts(tree);
        leafNodes.addInts(id);
        leafTargets.addInts(0);
        leafWeights.addFloats(value * 0.1f);
      }
    }

    private NodeProto build(String input, String output) {
      NodeProto.Builder node =
          NodeProto.newBuilder()
              .setOpType("TreeEnsembleRegressor")
              .setDomain("ai.onnx.ml")
              .setName(output)
              .addInput(input)
              .addOutput(output);
      node.addAttribute(treeIds).addAttribute(nodeIds).addAttribute(features);
      node.addAttribute(lefts).addAttribute(rights).addAttribute(missing);
      node.addAttribute(values).addAttribute(modes);
      node.addAttribute(leafTrees).addAttribute(leafNodes);
      node.addAttribute(leafTargets).addAttribute(leafWeights);
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName("n_targets")
              .setType(AttributeProto.AttributeType.INT)
              .setI(1));
      return node.build();
    }

    private static AttributeProto.Builder ints(String name) {
      return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    }

    private static AttributeProto.Builder floats(String name) {
      return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOATS);
    }
  }
}
