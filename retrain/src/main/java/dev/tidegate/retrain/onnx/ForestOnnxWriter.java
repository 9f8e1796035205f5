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
import com.google.protobuf.ByteString;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;

/**
 * A forest as an ONNX graph: {@code TreeEnsembleRegressor} of ai.onnx.ml 3, then {@code Sigmoid} as
 * a node of its own, for ONNX Runtime does not apply the regressor's LOGISTIC transform.
 *
 * <p>Comparison is {@code BRANCH_LT}, as in XGBoost; a missing value is NaN and takes the branch
 * that training chose. The bytes depend on the forest alone.
 */
public final class ForestOnnxWriter {
  /** Name of the graph's input, float[N, F]. */
  public static final String INPUT = "features";

  /** Name of the graph's output, float[N, 1], probability. */
  public static final String OUTPUT = "score";

  private static final String MARGIN = "margin";
  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;
  private static final int ML_OPSET = 3;

  private ForestOnnxWriter() {}

  /** The model's bytes; they hold the covers too, which reasons are computed from. */
  public static byte[] write(Forest forest) {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("forest")
            .addInput(tensor(INPUT, forest.features()))
            .addOutput(tensor(OUTPUT, 1))
            .addNode(ensemble(forest))
            .addNode(
                NodeProto.newBuilder()
                    .setName("probability")
                    .setOpType("Sigmoid")
                    .addInput(MARGIN)
                    .addOutput(OUTPUT))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tidegate")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(ML_OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto ensemble(Forest forest) {
    Columns columns = new Columns();
    for (int tree = 0; tree < forest.trees().size(); tree++) {
      columns.add(tree, forest.trees().get(tree));
    }
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName("trees")
            .setOpType("TreeEnsembleRegressor")
            .setDomain("ai.onnx.ml")
            .addInput(INPUT)
            .addOutput(MARGIN)
            .addAttribute(named("n_targets", AttributeType.INT).setI(1))
            .addAttribute(
                named("aggregate_function", AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8("SUM")))
            .addAttribute(
                named("base_values", AttributeType.FLOATS).addFloats(forest.baseMargin()));
    columns.writeTo(node);
    return node.build();
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static ValueInfoProto tensor(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  /** The ensemble's attributes: one entry a node, one a leaf. */
  private static final class Columns {
    private final AttributeProto.Builder treeIds = ints("nodes_treeids");
    private final AttributeProto.Builder nodeIds = ints("nodes_nodeids");
    private final AttributeProto.Builder featureIds = ints("nodes_featureids");
    private final AttributeProto.Builder modes = named("nodes_modes", AttributeType.STRINGS);
    private final AttributeProto.Builder values = named("nodes_values", AttributeType.FLOATS);
    private final AttributeProto.Builder trueIds = ints("nodes_truenodeids");
    private final AttributeProto.Builder falseIds = ints("nodes_falsenodeids");
    private final AttributeProto.Builder missingTrue = ints("nodes_missing_value_tracks_true");
    private final AttributeProto.Builder covers = named("nodes_hitrates", AttributeType.FLOATS);
    private final AttributeProto.Builder leafTrees = ints("target_treeids");
    private final AttributeProto.Builder leafNodes = ints("target_nodeids");
    private final AttributeProto.Builder leafTargets = ints("target_ids");
    private final AttributeProto.Builder leafWeights =
        named("target_weights", AttributeType.FLOATS);

    private static final ByteString BRANCH = ByteString.copyFromUtf8("BRANCH_LT");
    private static final ByteString LEAF = ByteString.copyFromUtf8("LEAF");

    void add(int treeId, Tree tree) {
      for (int node = 0; node < tree.nodes(); node++) {
        treeIds.addInts(treeId);
        nodeIds.addInts(node);
        covers.addFloats(tree.cover(node));
        if (tree.leaf(node)) {
          addLeaf(treeId, node, tree.value(node));
        } else {
          addBranch(tree, node);
        }
      }
    }

    private void addBranch(Tree tree, int node) {
      featureIds.addInts(tree.feature(node));
      modes.addStrings(BRANCH);
      values.addFloats(tree.value(node));
      trueIds.addInts(tree.left(node));
      falseIds.addInts(tree.right(node));
      missingTrue.addInts(tree.missingLeft(node) ? 1 : 0);
    }

    private void addLeaf(int treeId, int node, float weight) {
      featureIds.addInts(0);
      modes.addStrings(LEAF);
      values.addFloats(0);
      trueIds.addInts(0);
      falseIds.addInts(0);
      missingTrue.addInts(0);
      leafTrees.addInts(treeId);
      leafNodes.addInts(node);
      leafTargets.addInts(0);
      leafWeights.addFloats(weight);
    }

    void writeTo(NodeProto.Builder node) {
      node.addAttribute(treeIds)
          .addAttribute(nodeIds)
          .addAttribute(featureIds)
          .addAttribute(modes)
          .addAttribute(values)
          .addAttribute(trueIds)
          .addAttribute(falseIds)
          .addAttribute(missingTrue)
          .addAttribute(covers)
          .addAttribute(leafTrees)
          .addAttribute(leafNodes)
          .addAttribute(leafTargets)
          .addAttribute(leafWeights);
    }

    private static AttributeProto.Builder ints(String name) {
      return named(name, AttributeType.INTS);
    }
  }
}
