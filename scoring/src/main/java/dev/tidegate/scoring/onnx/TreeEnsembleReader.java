package dev.tidegate.scoring.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The trees in an ONNX model of boosted trees, for whoever has to look into them: one {@code
 * TreeEnsembleRegressor} (ai.onnx.ml, version 1 to 3) of one target, whose nodes compare with
 * {@code <} and say how many rows passed them ({@code nodes_hitrates}), under a logistic function.
 */
public final class TreeEnsembleReader {
  private static final ByteString LEAF = ByteString.copyFromUtf8("LEAF");
  private static final ByteString LESS = ByteString.copyFromUtf8("BRANCH_LT");

  private final int features;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  private TreeEnsembleReader(int features, NodeProto ensemble) {
    this.features = features;
    ensemble.getAttributeList().forEach(one -> attributes.put(one.getName(), one));
  }

  /**
   * Reads a model.
   *
   * @param model bytes of an ONNX file
   * @return its trees; null if it is something else
   */
  public static @Nullable Forest read(byte[] model) {
    try {
      ModelProto proto = ModelProto.parseFrom(model);
      List<NodeProto> nodes = proto.getGraph().getNodeList();
      if (nodes.size() != 2
          || !nodes.get(0).getOpType().equals("TreeEnsembleRegressor")
          || !nodes.get(1).getOpType().equals("Sigmoid")
          || !nodes.get(1).getInputList().equals(nodes.get(0).getOutputList())) {
        return null;
      }
      int features =
          (int)
              proto
                  .getGraph()
                  .getInput(0)
                  .getType()
                  .getTensorType()
                  .getShape()
                  .getDim(1)
                  .getDimValue();
      TreeEnsembleReader reader = new TreeEnsembleReader(features, nodes.get(0));
      return reader.isPlain() ? reader.forest() : null;
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return null; // whatever it is, it is not the plain model that is read here
    }
  }

  private boolean isPlain() {
    int nodes = of("nodes_treeids").getIntsCount();
    return of("n_targets").getI() == 1
        && isOrAbsent("aggregate_function", "SUM")
        && isOrAbsent("post_transform", "NONE")
        && of("nodes_hitrates").getFloatsCount() == nodes
        && of("nodes_modes").getStringsList().stream()
            .allMatch(mode -> mode.equals(LEAF) || mode.equals(LESS));
  }

  private boolean isOrAbsent(String name, String value) {
    ByteString found = of(name).getS();
    return found.isEmpty() || found.equals(ByteString.copyFromUtf8(value));
  }

  private AttributeProto of(String name) {
    return attributes.getOrDefault(name, AttributeProto.getDefaultInstance());
  }

  private Forest forest() {
    List<Columns> trees = new ArrayList<>();
    List<Long> treeIds = of("nodes_treeids").getIntsList();
    int[] nodesBy = new int[treeIds.stream().mapToInt(Math::toIntExact).max().orElse(-1) + 1];
    treeIds.forEach(tree -> nodesBy[tree.intValue()]++);
    Arrays.stream(nodesBy).forEach(nodes -> trees.add(new Columns(nodes)));
    for (int i = 0; i < treeIds.size(); i++) {
      node(trees.get(treeIds.get(i).intValue()), i);
    }
    for (int i = 0; i < of("target_treeids").getIntsCount(); i++) {
      Columns tree = trees.get((int) of("target_treeids").getInts(i));
      tree.value[(int) of("target_nodeids").getInts(i)] = of("target_weights").getFloats(i);
    }
    float base = of("base_values").getFloatsCount() == 0 ? 0 : of("base_values").getFloats(0);
    return new Forest(features, base, trees.stream().map(Columns::tree).toList());
  }

  private void node(Columns tree, int i) {
    int node = (int) of("nodes_nodeids").getInts(i);
    Objects.checkIndex(node, tree.left.length);
    boolean leaf = of("nodes_modes").getStrings(i).equals(LEAF);
    tree.left[node] = leaf ? Tree.NONE : (int) of("nodes_truenodeids").getInts(i);
    tree.right[node] = leaf ? Tree.NONE : (int) of("nodes_falsenodeids").getInts(i);
    tree.feature[node] = (int) of("nodes_featureids").getInts(i);
    tree.value[node] = leaf ? 0 : of("nodes_values").getFloats(i);
    tree.missingLeft[node] =
        of("nodes_missing_value_tracks_true").getIntsCount() > 0
            && of("nodes_missing_value_tracks_true").getInts(i) == 1;
    tree.cover[node] = of("nodes_hitrates").getFloats(i);
  }

  /** A tree that is being read. */
  private static final class Columns {
    private final int[] left;
    private final int[] right;
    private final int[] feature;
    private final float[] value;
    private final boolean[] missingLeft;
    private final float[] cover;

    Columns(int nodes) {
      left = new int[nodes];
      right = new int[nodes];
      feature = new int[nodes];
      value = new float[nodes];
      missingLeft = new boolean[nodes];
      cover = new float[nodes];
    }

    Tree tree() {
      return new Tree(left, right, feature, value, missingLeft, cover);
    }
  }
}
