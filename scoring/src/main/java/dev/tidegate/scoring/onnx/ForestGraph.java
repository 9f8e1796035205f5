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
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import dev.tidegate.scoring.model.ModelException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A forest as tensor operations, for GPUs: ONNX Runtime's CUDA provider has no tree ensemble.
 * Gather form: all trees are filled up to one depth, and all rows go down all trees together, a
 * level at a time; a level gathers each way's feature, threshold and default, compares, and moves
 * on to node 2i or 2i + 1. About ten operators a level over N x trees values.
 *
 * <p>Ways are those of the forest to the last comparison. Leaves are added pairwise and not one
 * after another, so scores agree with the forest's within 1e-6 and not bit for bit; from batch to
 * batch they do.
 */
public final class ForestGraph {
  /** Deepest trees that are written: a level more doubles the tables. */
  public static final int DEEPEST = 12;

  private static final int IR_VERSION = 8;
  private static final int OPSET = 13;

  private final Forest forest;
  private final int depth;
  private final int trees;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("forest");

  private ForestGraph(Forest forest) {
    this.forest = forest;
    this.depth = Math.max(1, forest.depth());
    this.trees = forest.trees().size();
  }

  /**
   * The model's bytes; input and output as {@link OnnxModel} wants them.
   *
   * @throws ModelException if the forest is empty or deeper than {@link #DEEPEST}
   */
  public static byte[] write(Forest forest) {
    if (forest.trees().isEmpty() || forest.depth() > DEEPEST) {
      throw new ModelException(
          "a tensor graph needs 1 tree or more of depth "
              + DEEPEST
              + " or less, not "
              + forest.trees().size()
              + " of depth "
              + forest.depth());
    }
    return new ForestGraph(forest).model();
  }

  private byte[] model() {
    graph
        .addInput(tensor(OnnxModel.INPUT, forest.features()))
        .addOutput(tensor(OnnxModel.OUTPUT, 1));
    Level level = new Level(trees, 0);
    String at = "";
    for (int number = 0; number < depth; number++) {
      at = number == 0 ? root(level) : step(level, at);
      level = level.next();
    }
    leaves(level, at);
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("tidegate")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** Where each way stands after the roots. */
  private String root(Level level) {
    level.tables();
    op("Gather", "x0", axis(1), OnnxModel.INPUT, "feature0");
    int[] first = new int[trees];
    Arrays.setAll(first, tree -> 2 * tree);
    graph.addInitializer(ints("twice0", first));
    return compare(0, "x0", "threshold0", "default0", "twice0");
  }

  /** Where each way stands after one more level. */
  private String step(Level level, String at) {
    int number = level.number;
    level.tables();
    op("Gather", "feature_at" + number, axis(0), "feature" + number, at);
    op("Gather", "threshold_at" + number, axis(0), "threshold" + number, at);
    op("Gather", "default_at" + number, axis(0), "default" + number, at);
    op("GatherElements", "x" + number, axis(1), OnnxModel.INPUT, "feature_at" + number);
    op("Add", "twice" + number, null, at, at);
    return compare(
        number, "x" + number, "threshold_at" + number, "default_at" + number, "twice" + number);
  }

  private String compare(int number, String x, String threshold, String missing, String twice) {
    op("Less", "less" + number, null, x, threshold);
    op("IsNaN", "nan" + number, null, x);
    op("And", "sent" + number, null, "nan" + number, missing);
    op("Or", "left" + number, null, "less" + number, "sent" + number);
    op("Not", "right" + number, null, "left" + number);
    AttributeProto.Builder to =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(TensorProto.DataType.INT32.getNumber());
    op("Cast", "moved" + number, to, "right" + number);
    op("Add", "at" + number, null, twice, "moved" + number);
    return "at" + number;
  }

  private void leaves(Level level, String at) {
    float[] values = new float[level.nodes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = level.tree(i).value(level.nodes[i]);
    }
    graph.addInitializer(floats("leaves", values));
    graph.addInitializer(floats("base", forest.baseMargin()));
    op("Gather", "leaf_at", axis(0), "leaves", at);
    op("Add", "margin", null, sum("leaf_at", trees), "base");
    op("Sigmoid", OnnxModel.OUTPUT, null, "margin");
  }

  /**
   * Adds columns up, half to half, so that the order depends on their number alone: a reducing
   * operator adds otherwise for one row than for many.
   */
  private String sum(String columns, int count) {
    if (count == 1) {
      return columns;
    }
    int half = count / 2;
    boolean odd = count % 2 == 1;
    String name = "of" + count + "_";
    TensorProto.Builder sizes = table(name + "sizes", TensorProto.DataType.INT64, odd ? 3 : 2);
    sizes.addInt64Data(half).addInt64Data(half);
    NodeProto.Builder split = NodeProto.newBuilder().setOpType("Split").setName(name + "split");
    split.addInput(columns).addInput(name + "sizes").addAttribute(axis(1));
    split.addOutput(name + "first").addOutput(name + "second");
    if (odd) {
      sizes.addInt64Data(1);
      split.addOutput(name + "last");
    }
    graph.addInitializer(sizes);
    graph.addNode(split);
    op("Add", name + "pairs", null, name + "first", name + "second");
    if (!odd) {
      return sum(name + "pairs", half);
    }
    op("Concat", name + "left", axis(1), name + "pairs", name + "last");
    return sum(name + "left", half + 1);
  }

  private void op(
      String type, String output, AttributeProto.@Nullable Builder with, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).setName(output);
    node.addAllInput(Arrays.asList(inputs)).addOutput(output);
    if (with != null) {
      node.addAttribute(with);
    }
    graph.addNode(node);
  }

  private static AttributeProto.Builder axis(int axis) {
    return AttributeProto.newBuilder()
        .setName("axis")
        .setType(AttributeProto.AttributeType.INT)
        .setI(axis);
  }

  private static TensorProto ints(String name, int... values) {
    TensorProto.Builder tensor = table(name, TensorProto.DataType.INT32, values.length);
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    return tensor.build();
  }

  private static TensorProto floats(String name, float... values) {
    TensorProto.Builder tensor = table(name, TensorProto.DataType.FLOAT, values.length);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static TensorProto.Builder table(String name, TensorProto.DataType type, int length) {
    return TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).addDims(length);
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

  /** One level of all trees side by side: which node of its tree stands at each place. */
  private final class Level {
    private final int number;
    private final int[] nodes;

    private Level(int places, int number) {
      this.nodes = new int[places];
      this.number = number;
    }

    private Tree tree(int place) {
      return forest.trees().get(place >> number);
    }

    /** Places 2i and 2i + 1 follow place i; below a leaf both are the leaf again. */
    private Level next() {
      Level next = new Level(2 * nodes.length, number + 1);
      for (int i = 0; i < nodes.length; i++) {
        Tree tree = tree(i);
        boolean leaf = tree.leaf(nodes[i]);
        next.nodes[2 * i] = leaf ? nodes[i] : tree.left(nodes[i]);
        next.nodes[2 * i + 1] = leaf ? nodes[i] : tree.right(nodes[i]);
      }
      return next;
    }

    private void tables() {
      int[] features = new int[nodes.length];
      float[] thresholds = new float[nodes.length];
      TensorProto.Builder defaults =
          table("default" + number, TensorProto.DataType.BOOL, nodes.length);
      for (int i = 0; i < nodes.length; i++) {
        Tree tree = tree(i);
        boolean leaf = tree.leaf(nodes[i]);
        features[i] = leaf ? 0 : tree.feature(nodes[i]);
        thresholds[i] = leaf ? 0 : tree.value(nodes[i]);
        defaults.addInt32Data(!leaf && tree.missingLeft(nodes[i]) ? 1 : 0);
      }
      graph.addInitializer(ints("feature" + number, features));
      graph.addInitializer(floats("threshold" + number, thresholds));
      graph.addInitializer(defaults);
    }
  }
}
