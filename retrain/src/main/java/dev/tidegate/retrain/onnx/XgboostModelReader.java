package dev.tidegate.retrain.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * XGBoost's own JSON model (versions 2 and 3) to a {@link Forest}. Reads logistic regression with
 * numerical splits and one output; refuses the rest.
 */
public final class XgboostModelReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private XgboostModelReader() {}

  /**
   * Reads a model.
   *
   * @param model bytes of {@code Booster.toByteArray("json")}
   * @throws IllegalArgumentException if it is another kind of model
   */
  public static Forest read(byte[] model) {
    JsonNode learner;
    try {
      learner = JSON.readTree(model).path("learner");
    } catch (IOException e) {
      throw new IllegalArgumentException("not an XGBoost model in JSON", e);
    }
    String objective = learner.path("objective").path("name").asText();
    String booster = learner.path("gradient_booster").path("name").asText();
    if (!objective.equals("binary:logistic") || !booster.equals("gbtree")) {
      throw new IllegalArgumentException(
          "expected gbtree with binary:logistic, found " + booster + " with " + objective);
    }
    JsonNode shape = learner.path("learner_model_param");
    List<Tree> trees = new ArrayList<>();
    for (JsonNode tree : learner.path("gradient_booster").path("model").path("trees")) {
      trees.add(tree(tree));
    }
    int features = Integer.parseInt(shape.path("num_feature").asText());
    return new Forest(features, baseMargin(shape.path("base_score").asText()), trees);
  }

  /**
   * The intercept stands as a probability, since version 3 inside a list that is itself a string:
   * {@code "[8.893E-3]"}.
   */
  private static float baseMargin(String text) {
    String number = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    double probability = Double.parseDouble(number);
    return (float) Math.log(probability / (1 - probability));
  }

  private static Tree tree(JsonNode json) {
    if (!json.path("categories_nodes").isEmpty()) {
      throw new IllegalArgumentException("trees with categorical splits are not supported");
    }
    int[] left = ints(json.path("left_children"));
    JsonNode conditions = json.path("split_conditions");
    JsonNode defaults = json.path("default_left");
    float[] value = new float[left.length];
    boolean[] missingLeft = new boolean[left.length];
    for (int i = 0; i < left.length; i++) {
      value[i] = Float.parseFloat(conditions.get(i).asText());
      missingLeft[i] = defaults.get(i).asInt() == 1 || defaults.get(i).asBoolean();
    }
    return new Tree(
        left,
        ints(json.path("right_children")),
        ints(json.path("split_indices")),
        value,
        missingLeft);
  }

  private static int[] ints(JsonNode array) {
    int[] numbers = new int[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asInt();
    }
    return numbers;
  }
}
