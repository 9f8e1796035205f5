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
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.forest.Tree;
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
    return forest(RandomForests.perfect(width, trees, 3, seed));
  }

  /** A forest as TreeEnsembleRegressor, then Sigmoid. */
  public static byte[] forest(Forest forest) {
    GraphProto.Builder graph = graph(forest.features(), "score");
    graph.addNode(new ForestNode(forest).build("features", "margin"));
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

    private final float baseMargin;

    private ForestNode(Forest forest) {
      baseMargin = forest.baseMargin();
      for (int tree = 0; tree < forest.trees().size(); tree++) {
        for (int id = 0; id < forest.trees().get(tree).nodes(); id++) {
          addNode(tree, id, forest.trees().get(tree));
        }
      }
    }

    private void addNode(int number, int id, Tree tree) {
      boolean split = !tree.leaf(id);
      treeIds.addInts(number);
      nodeIds.addInts(id);
      features.addInts(split ? tree.feature(id) : 0);
      lefts.addInts(split ? tree.left(id) : 0);
      rights.addInts(split ? tree.right(id) : 0);
      missing.addInts(split && tree.missingLeft(id) ? 1 : 0);
      values.addFloats(split ? tree.value(id) : 0);
      modes.addStrings(ByteString.copyFromUtf8(split ? "BRANCH_LT" : "LEAF"));
      if (!split) {
        leafTrees.addInts(number);
        leafNodes.addInts(id);
        leafTargets.addInts(0);
        leafWeights.addFloats(tree.value(id));
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
      node.addAttribute(floats("base_values").addFloats(baseMargin));
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
