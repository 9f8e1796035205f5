package dev.tidegate.scoring.decide;

/** Why a decision is the configured fall-back and not a score's; a closed set. */
public enum Degradation {
  /** The vector was made from another feature set than the model's. */
  FEATURE_DIGEST_MISMATCH("feature-digest-mismatch"),
  /** The vector has another number of values than the model takes. */
  FEATURE_WIDTH_MISMATCH("feature-width-mismatch"),
  /** The model threw. */
  MODEL_FAILURE("model-failure"),
  /** The model failed so often that it is left alone for a moment. */
  MODEL_DOWN("model-down"),
  /** The model's answer is no probability. */
  SCORE_UNUSABLE("score-unusable"),
  /** The payment has waited longer than an answer is worth; the model was not asked. */
  OVERLOAD("overload"),
  /** There are rules for the payment and none of them could be asked. */
  RULES_DOWN("rules-down");

  private final String code;

  Degradation(String code) {
    this.code = code;
  }

  /** The reason as it stands on the decision. */
  public String code() {
    return code;
  }
}
