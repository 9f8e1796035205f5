package dev.tidegate.scoring.forest;

import dev.tidegate.scoring.model.ModelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * LightGBM's model in text (versions 3 and 4) to a {@link Forest}. Reads a logistic objective with
 * {@code sigmoid:1}, numerical splits and one output; boosted with or without dart, whose weights
 * stand in the leaves.
 *
 * <p>LightGBM compares {@code x <= threshold} in float64. On float32 rows that is {@code x < t}
 * with t the float above the largest one that is not above the threshold. Leaves are rounded to
 * float32, so that scores agree within 1e-6, not bit for bit. A value of +Infinity goes right also
 * where the threshold is infinite.
 */
public final class LightgbmReader {
  private static final int CATEGORICAL = 1;
  private static final int DEFAULT_LEFT = 2;
  private static final int MISSING_SHIFT = 2;
  private static final int MISSING_NONE = 0;
  private static final int MISSING_ZERO = 1;

  /** LightGBM's kZeroThreshold. */
  private static final float ZERO = 1e-35f;

  private LightgbmReader() {}

  /**
   * Reads a model.
   *
   * @param model bytes of the file that {@code save_model} writes
   * @throws ModelException in one line, if it is damaged or another kind of model
   */
  public static Forest read(byte[] model) {
    List<Map<String, String>> sections = sections(new String(model, StandardCharsets.UTF_8));
    Map<String, String> header = sections.get(0);
    refuseUnless(header.containsKey("tree"), "it does not begin with 'tree'");
    refuseUnless(!header.containsKey("average_output"), "averaged trees (boosting rf)");
    refuseUnless(header.getOrDefault("num_class", "1").equals("1"), "several classes");
    requireLogistic(header.getOrDefault("objective", "none"));
    try {
      List<Tree> trees = new ArrayList<>();
      for (Map<String, String> section : sections.subList(1, sections.size())) {
        trees.add(tree(section));
      }
      return new Forest(Integer.parseInt(text(header, "max_feature_idx")) + 1, 0, trees);
    } catch (IllegalArgumentException e) {
      throw new ModelException("the LightGBM model is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireLogistic(String objective) {
    boolean logistic =
        objective.equals("cross_entropy")
            || (objective.startsWith("binary ") && (" " + objective + " ").contains(" sigmoid:1 "));
    refuseUnless(
        logistic, "objective '" + objective + "': only binary with sigmoid:1 and cross_entropy");
  }

  /** Key and value of each line, a map for the header and one for each tree. */
  private static List<Map<String, String>> sections(String text) {
    List<Map<String, String>> sections = new ArrayList<>();
    Map<String, String> section = new HashMap<>();
    sections.add(section);
    for (String line : text.lines().toList()) {
      if (line.equals("end of trees")) {
        return sections;
      }
      if (line.startsWith("Tree=")) {
        section = new HashMap<>();
        sections.add(section);
      }
      int equals = line.indexOf('=');
      section.put(
          equals < 0 ? line : line.substring(0, equals),
          equals < 0 ? "" : line.substring(equals + 1));
    }
    throw new ModelException("not a LightGBM model in text: no line 'end of trees'");
  }

  /**
   * LightGBM numbers splits from 0 and writes leaf i as child -1 - i; here leaves follow splits.
   */
  private static Tree tree(Map<String, String> section) {
    refuseUnless(section.getOrDefault("num_cat", "0").equals("0"), "categorical splits");
    refuseUnless(section.getOrDefault("is_linear", "0").equals("0"), "linear leaves");
    int leaves = Integer.parseInt(text(section, "num_leaves"));
    int splits = leaves - 1;
    Columns columns = new Columns(splits + leaves);
    if (splits > 0) {
      columns.splits(section, splits);
    }
    String[] values = numbers(section, "leaf_value", leaves);
    String[] counts = splits > 0 ? numbers(section, "leaf_count", leaves) : new String[] {"1"};
    for (int i = 0; i < leaves; i++) {
      columns.left[splits + i] = Tree.NONE;
      columns.right[splits + i] = Tree.NONE;
      columns.value[splits + i] = (float) Double.parseDouble(values[i]);
      columns.cover[splits + i] = Float.parseFloat(counts[i]);
    }
    return columns.tree();
  }

  private static String text(Map<String, String> section, String key) {
    String value = section.get(key);
    if (value == null) {
      throw new IllegalArgumentException("it has no " + key);
    }
    return value;
  }

  private static String[] numbers(Map<String, String> section, String key, int count) {
    String[] numbers = text(section, key).strip().split(" +");
    if (numbers.length != count) {
      throw new IllegalArgumentException(key + " has " + numbers.length + " values, not " + count);
    }
    return numbers;
  }

  /**
   * The bound t with {@code x < t} for exactly the floats x that LightGBM finds not above the
   * threshold, for it takes x as 0 within {@link #ZERO}.
   */
  static float bound(double threshold) {
    if (Math.abs(threshold) <= ZERO) {
      return threshold < 0 ? -ZERO : Math.nextUp(ZERO);
    }
    float near = (float) threshold;
    return near > threshold ? near : Math.nextUp(near);
  }

  private static void refuseUnless(boolean holds, String found) {
    if (!holds) {
      throw new ModelException("this LightGBM model cannot be served: " + found);
    }
  }

  /** A tree's columns while they are filled. */
  private static final class Columns {
    private final int[] left;
    private final int[] right;
    private final int[] feature;
    private final float[] value;
    private final boolean[] missingLeft;
    private final float[] cover;

    private Columns(int nodes) {
      left = new int[nodes];
      right = new int[nodes];
      feature = new int[nodes];
      value = new float[nodes];
      missingLeft = new boolean[nodes];
      cover = new float[nodes];
    }

    private void splits(Map<String, String> section, int splits) {
      String[] lefts = numbers(section, "left_child", splits);
      String[] rights = numbers(section, "right_child", splits);
      String[] features = numbers(section, "split_feature", splits);
      String[] thresholds = numbers(section, "threshold", splits);
      String[] decisions = numbers(section, "decision_type", splits);
      String[] counts = numbers(section, "internal_count", splits);
      for (int i = 0; i < splits; i++) {
        double threshold = number(thresholds[i]);
        left[i] = child(lefts[i], splits);
        right[i] = child(rights[i], splits);
        feature[i] = Integer.parseInt(features[i]);
        value[i] = bound(threshold);
        missingLeft[i] = missingLeft(Integer.parseInt(decisions[i]), threshold);
        cover[i] = Float.parseFloat(counts[i]);
      }
    }

    /** Infinity, which splits the missing values from all others, is written as in C++. */
    private static double number(String text) {
      return switch (text) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    }

    private static int child(String text, int splits) {
      int child = Integer.parseInt(text);
      return child >= 0 ? child : splits - child - 1;
    }

    /** Where a split has no rule for missing values, LightGBM takes NaN for 0. */
    private static boolean missingLeft(int decision, double threshold) {
      int missing = decision >> MISSING_SHIFT;
      refuseUnless((decision & CATEGORICAL) == 0, "categorical splits");
      refuseUnless(missing != MISSING_ZERO, "zero as missing value");
      return missing == MISSING_NONE ? 0 <= threshold : (decision & DEFAULT_LEFT) != 0;
    }

    private Tree tree() {
      return new Tree(left, right, feature, value, missingLeft, cover);
    }
  }
}
