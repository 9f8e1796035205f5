package dev.tidegate.scoring.forest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.scoring.model.ModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * XGBoost's model in JSON (versions 1.7 to 3) to a {@link Forest}. Reads {@code gbtree} with a
 * logistic objective, numerical splits and one output. All trees count: cut a model to its best
 * iteration before it is saved.
 */
public final class XgboostReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> LOGISTIC = Set.of("binary:logistic", "reg:logistic");

  private XgboostReader() {}

  /**
   * Reads a model.
   *
   * @param model bytes of {@code model.json}
   * @throws ModelException in one line, if it is damaged or another kind of model
   */
  public static Forest read(byte[] model) {
    try {
      return forest(JSON.readTree(model).path("learner"));
    } catch (IOException e) {
      throw new ModelException("not an XGBoost model in JSON (UBJSON is not read)", e);
    } catch (IllegalArgumentException e) {
      throw new ModelException("the XGBoost model is damaged: " + e.getMessage(), e);
    }
  }

  private static Forest forest(JsonNode learner) {
    JsonNode booster = learner.path("gradient_booster");
    refuseUnless(
        booster.path("name").asText().equals("gbtree"),
        "booster '" + booster.path("name").asText() + "': only gbtree is read");
    String objective = learner.path("objective").path("name").asText();
    refuseUnless(
        LOGISTIC.contains(objective), "objective '" + objective + "': only logistic ones are read");
    JsonNode shape = learner.path("learner_model_param");
    refuseUnless(shape.path("num_class").asInt(0) <= 1, "several classes");
    refuseUnless(shape.path("num_target").asInt(1) <= 1, "several targets");
    for (JsonNode weight : booster.path("model").path("weight_drop")) {
      refuseUnless(weight.asDouble() == 1, "trees with weights (dart)");
    }
    List<Tree> trees = new ArrayList<>();
    for (JsonNode tree : booster.path("model").path("trees")) {
      trees.add(tree(tree));
    }
    return new Forest(
        shape.path("num_feature").asInt(), baseMargin(shape.path("base_score").asText()), trees);
  }

  /**
   * The intercept stands as a probability; since version 3 as a list in a string, {@code
   * "[8.893E-3]"}. To log odds in float32, step by step as XGBoost does.
   */
  private static float baseMargin(String text) {
    String number = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    refuseUnless(number.indexOf(',') < 0, "several intercepts");
    float odds = 1f / Float.parseFloat(number) - 1f;
    return (float) -StrictMath.log(odds);
  }

  private static Tree tree(JsonNode json) {
    refuseUnless(json.path("categories_nodes").isEmpty(), "categorical splits");
    refuseUnless(
        json.path("tree_param").path("size_leaf_vector").asInt(1) <= 1, "leaves of several values");
    int nodes = json.path("left_children").size();
    boolean[] missingLeft = new boolean[nodes];
    JsonNode defaults = json.path("default_left");
    for (int i = 0; i < nodes; i++) {
      missingLeft[i] = defaults.path(i).asInt() == 1 || defaults.path(i).asBoolean();
    }
    return new Tree(
        ints(json.path("left_children")),
        ints(json.path("right_children")),
        ints(json.path("split_indices")),
        floats(json.path("split_conditions")),
        missingLeft,
        floats(json.path("sum_hessian")));
  }

  private static int[] ints(JsonNode array) {
    int[] numbers = new int[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asInt();
    }
    return numbers;
  }

  /** From the decimal text: by way of a double a value could be rounded twice. */
  private static float[] floats(JsonNode array) {
    float[] numbers = new float[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(array.get(i).asText());
    }
    return numbers;
  }

  private static void refuseUnless(boolean holds, String found) {
    if (!holds) {
      throw new ModelException("this XGBoost model cannot be served: " + found);
    }
  }
}
